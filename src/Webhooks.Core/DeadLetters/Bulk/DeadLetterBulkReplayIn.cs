using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.DeadLetters.Bulk;

/// <summary>Which dead letters to send again, and how fast.</summary>
internal sealed record DeadLetterBulkReplayIn : DeadLetterBulkIn, IBody<DeadLetterBulkReplayIn>
{
    private const int MaxRate = 10_000;

    /// <summary>
    /// How many messages a second are put into their endpoints' lanes, 1 to 10,000; null for all at once. Each endpoint's own limits hold
    /// as well.
    /// </summary>
    /// <example>10</example>
    public int? RatePerSecond { get; init; }

    private DeadLetterBulkReplayIn(ObjectReader body) : base(body) =>
        RatePerSecond = body.OptionalInteger("ratePerSecond", 1, MaxRate);

    public static DeadLetterBulkReplayIn Read(ObjectReader body) => new(body);
}
