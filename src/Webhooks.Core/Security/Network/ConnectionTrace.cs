namespace Webhooks.Core.Security.Network;

/// <summary>How long a new connection took, by phase, on the request that caused it. A reused connection leaves all of them null.</summary>
/// <remarks>
/// The handler may give the request a connection that became free meanwhile and finish the new one later, so these are written
/// from another thread and perhaps after the request is done. Each is a single reference-sized write.
/// </remarks>
internal sealed class ConnectionTrace
{
    public static readonly HttpRequestOptionsKey<ConnectionTrace> Key = new("webhooks.connection-trace");

    private long _dns = -1;
    private long _connect = -1;
    private long _tls = -1;
    private long _connectedAt = -1;

    public TimeSpan? Dns => Read(ref _dns);
    public TimeSpan? Connect => Read(ref _connect);
    public TimeSpan? Tls => Read(ref _tls);

    public void Resolved(TimeSpan elapsed) => Volatile.Write(ref _dns, elapsed.Ticks);

    public void Connected(TimeSpan elapsed, long timestamp)
    {
        Volatile.Write(ref _connect, elapsed.Ticks);
        Volatile.Write(ref _connectedAt, timestamp);
    }

    public void Secured(TimeProvider clock)
    {
        if (Volatile.Read(ref _connectedAt) is >= 0 and var connectedAt)
            Volatile.Write(ref _tls, clock.GetElapsedTime(connectedAt).Ticks);
    }

    private static TimeSpan? Read(ref long ticks) => Volatile.Read(ref ticks) is >= 0 and var value ? TimeSpan.FromTicks(value) : null;
}
