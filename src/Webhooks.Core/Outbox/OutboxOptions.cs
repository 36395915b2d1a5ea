using System.ComponentModel.DataAnnotations;

namespace Webhooks.Core.Outbox;

/// <summary>How accepted events are written. Configuration section <c>Webhooks:Outbox</c>.</summary>
public sealed class OutboxOptions
{
    /// <summary>The configuration section these options are read from.</summary>
    public const string Section = "Webhooks:Outbox";

    /// <summary>
    /// How many accepted requests may wait for their commit; one more is answered 429 with Retry-After. Events of batches are counted by
    /// themselves, and one batch alone is always let in.
    /// </summary>
    /// <value>1 to 100,000; default 4,096.</value>
    [Range(1, 100_000)]
    public int QueueCapacity { get; init; } = 4_096;

    /// <summary>
    /// How many bytes of payloads, raw ones too, may wait for their commit; a request that would exceed it is answered 429 with
    /// Retry-After. One request alone is always let in.
    /// </summary>
    /// <value>4,194,304 (4 MiB) to 1,073,741,824 (1 GiB); default 67,108,864 (64 MiB).</value>
    [Range(4_194_304, 1_073_741_824)]
    public int MaxQueuedBytes { get; init; } = 67_108_864;

    /// <summary>How many requests share one transaction at most.</summary>
    /// <value>1 to 1,000; default 256.</value>
    [Range(1, 1_000)]
    public int MaxBatch { get; init; } = 256;

    /// <summary>How long an Idempotency-Key is remembered.</summary>
    /// <value>1 minute to 7 days; default 24 hours.</value>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan IdempotencyPeriod { get; init; } = TimeSpan.FromHours(24);
}
