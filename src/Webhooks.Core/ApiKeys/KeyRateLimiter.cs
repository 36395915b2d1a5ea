using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace Webhooks.Core.ApiKeys;

/// <summary>
/// One key's token bucket: a second's worth of requests may come at once, and what was taken flows back evenly. Kept as the one time at
/// which the bucket is full again. The framework's own bucket reads the machine's clock; this one is told the time.
/// </summary>
internal sealed class KeyRateLimiter(int requestsPerSecond, TimeProvider clock) : RateLimiter
{
    private readonly long _second = clock.TimestampFrequency;
    private readonly long _interval = Math.Max(1, clock.TimestampFrequency / requestsPerSecond);
    private readonly Lock _lock = new();
    private long _fullAt = clock.GetTimestamp();

    /// <summary>How long the bucket has been full: then it is as a new one would be, and may be forgotten.</summary>
    public override TimeSpan? IdleDuration
    {
        get
        {
            var idle = clock.GetTimestamp() - Volatile.Read(ref _fullAt);
            return idle >= 0 ? Duration(idle) : null;
        }
    }

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AttemptAcquireCore(permitCount)); // Nobody queues: a client that is told to wait holds no memory here.

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            var fullAt = Math.Max(_fullAt, now) + permitCount * _interval;
            var tooEarly = fullAt - now - _second;
            if (tooEarly > 0)
                return new Lease(Duration(tooEarly));

            _fullAt = fullAt;
            return Lease.Granted;
        }
    }

    private TimeSpan Duration(long timestamps) => clock.GetElapsedTime(0, timestamps);

    /// <param name="retryAfter">Null when acquired.</param>
    private sealed class Lease(TimeSpan? retryAfter) : RateLimitLease
    {
        public static readonly Lease Granted = new(null);

        public override bool IsAcquired => retryAfter is null;

        public override IEnumerable<string> MetadataNames => retryAfter is null ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, [NotNullWhen(true)] out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? retryAfter : null;
            return metadata is not null;
        }
    }
}
