namespace Webhooks.Core.Deliveries;

/// <summary>Where an attempt's time went; a phase that did not happen (a reused connection has no DNS) or is not known is null.</summary>
internal sealed record AttemptTimings(TimeSpan? Dns, TimeSpan? Connect, TimeSpan? Tls, TimeSpan? FirstByte, TimeSpan Total)
{
    public static readonly AttemptTimings None = new(null, null, null, null, TimeSpan.Zero);
}
