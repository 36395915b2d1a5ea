namespace Webhooks.Core.Applications;

/// <summary>A tenant: whoever owns endpoints.</summary>
internal sealed class Application
{
    public required ApplicationId Id { get; init; }
    public string? Uid { get; set; }
    public required string Name { get; set; }
    public Dictionary<string, string> Metadata { get; set; } = [];

    /// <summary>Messages per second over all its endpoints; null for no limit. Enforced by pacing, never by dropping.</summary>
    public int? ThrottleRate { get; set; }

    /// <summary>When the next delivery may be claimed under <see cref="ThrottleRate"/> (GCRA's theoretical arrival time).</summary>
    public DateTimeOffset? PacedUntil { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Set when its owner deleted it: it is invisible from then on; its history stays until retention removes it.</summary>
    public DateTimeOffset? DeletedAt { get; set; }
}
