using System.ComponentModel.DataAnnotations;

namespace Webhooks.Core.Deliveries;

/// <summary>How deliveries are claimed, sent and retried. Configuration section <c>Webhooks:Delivery</c>.</summary>
public sealed class DeliveryOptions
{
    /// <summary>The configuration section these options are read from.</summary>
    public const string Section = "Webhooks:Delivery";

    /// <summary>How long one attempt may take, from connect to the answer's last byte, where the endpoint sets no other time.</summary>
    /// <value>1 to 60 seconds; default 15 seconds. Twice this plus 10 seconds must fit into <see cref="Lease"/>.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a TCP connect or a TLS handshake may take within an attempt.</summary>
    /// <value>100 milliseconds to 60 seconds; default 5 seconds. Must not be longer than <see cref="AttemptTimeout"/>.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a worker's claim on a delivery lasts; after that the attempt counts as Unknown and the delivery is due again.</summary>
    /// <value>12 seconds to 10 minutes; default 60 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:12", "00:10:00")]
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What recording and a busy machine may take on top of an attempt and its one instant retry.</summary>
    internal static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(10);

    /// <summary>The longest attempt, be it any endpoint's, that ends within the lease together with its one instant retry.</summary>
    internal TimeSpan LongestAttemptTimeout => TimeSpan.FromSeconds(Math.Min(60, (Lease - LeaseMargin).TotalSeconds / 2));

    /// <summary>How many attempts may be under way to one endpoint, over all nodes, where the endpoint sets no cap of its own.</summary>
    /// <value>1 to 1,000; default 10.</value>
    [Range(1, 1_000)]
    public int MaxInFlightPerEndpoint { get; init; } = 10;

    /// <summary>
    /// The share of an endpoint's turns that goes to what became due last, while more is due than it may have under way; the rest goes to
    /// what is due longest. So a new event does not wait behind a backlog of hours, and the backlog is worked off all the same. 0 sends
    /// the oldest first always; endpoints that ask for order are always served so.
    /// </summary>
    /// <value>0 to less than 1; default 0.25.</value>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double FreshShare { get; init; } = 0.25;

    /// <summary>How many attempts one node has under way at once.</summary>
    /// <value>1 to 10,000; default 512.</value>
    [Range(1, 10_000)]
    public int MaxInFlightPerNode { get; init; } = 512;

    /// <summary>
    /// How many bytes of payloads one node has under way at once, each delivery counted by itself. A larger payload goes out when no other
    /// is under way.
    /// </summary>
    /// <value>4,194,304 (4 MiB) to 4,294,967,296 (4 GiB); default 67,108,864 (64 MiB).</value>
    [Range(typeof(long), "4194304", "4294967296")]
    public long MaxPayloadBytesInFlight { get; init; } = 67_108_864;

    /// <summary>The waits between attempts where the endpoint sets no schedule of its own; each gets ±20 % of jitter.</summary>
    /// <value>0 to 30 waits of 1 second to 7 days; default 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h (10 attempts, about 75 h).</value>
    [MaxLength(30)]
    // Null stands for the default: configuration adds to a list that is there already instead of replacing it.
    public IReadOnlyList<TimeSpan>? RetrySchedule { get; init; }

    /// <summary>
    /// At endpoints that ask for order and set no number of their own: after how many failed attempts a delivery is held for a human, so
    /// that those behind it go on.
    /// </summary>
    /// <value>1 to 30; default 5.</value>
    [Range(1, 30)]
    public int ParkAfter { get; init; } = 5;

    /// <summary>Networks in CIDR form that may be delivered to although they are special-purpose (loopback, private, …).</summary>
    /// <value>Default none; in Development the loopback networks are added.</value>
    public IReadOnlyList<string> AllowedNetworks { get; init; } = [];

    /// <summary>Whether endpoints must use https.</summary>
    /// <value>Default false.</value>
    public bool RequireHttps { get; init; }

    /// <summary>How many bytes of an answer's body are read and stored; the rest is not read.</summary>
    /// <value>0 to 1,048,576; default 16,384.</value>
    [Range(0, 1_048_576)]
    public int MaxResponseBodyBytes { get; init; } = 16_384;

    /// <summary>How long a pooled connection lives at most, so that DNS changes are followed.</summary>
    /// <value>1 second to 1 hour; default 2 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ConnectionLifetime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long an unused connection is kept.</summary>
    /// <value>1 second to 10 minutes; default 15 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ConnectionIdleTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long an endpoint's circuit stays open, and its lane paused, after half of its recent attempts failed.</summary>
    /// <value>1 second to 10 minutes; default 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan CircuitBreak { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a lane is paused after 429, 502, 503 or 504 without Retry-After. Every pause, also one that was asked for, lasts up to a
    /// fifth longer, but no more than a minute, so that lanes do not come back all at once.
    /// </summary>
    /// <value>1 second to 1 hour; default 15 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan LanePause { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How many attempts faults of the service itself may cost a delivery before it becomes a dead letter.</summary>
    /// <value>1 to 100; default 10.</value>
    [Range(1, 100)]
    public int MaxOwnFaults { get; init; } = 10;

    /// <summary>The longest wait between two looks at the lanes when nothing is known to be due.</summary>
    /// <value>10 milliseconds to 1 minute; default 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan MaxPollInterval { get; init; } = TimeSpan.FromSeconds(1);
}
