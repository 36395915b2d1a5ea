namespace Webhooks.Core.UnknownOutcomes;

/// <summary>
/// Deliveries of which it was once unknown whether they arrived, by what followed. The newest 100,000 are counted: a total of 100,000
/// stands for that many or more.
/// </summary>
internal sealed record UnknownOutcomeCountOut
{
    /// <summary>All of them.</summary>
    /// <example>12</example>
    public required int Total { get; init; }

    /// <summary>They wait, or are being sent again.</summary>
    /// <example>1</example>
    public required int OnItsWay { get; init; }

    /// <summary>Sent again, and answered 2xx: the subscriber may have them twice.</summary>
    /// <example>7</example>
    public required int Delivered { get; init; }

    /// <summary>The subscriber's receipt said that it has them.</summary>
    /// <example>2</example>
    public required int Receipt { get; init; }

    /// <summary>A person said that they arrived.</summary>
    /// <example>1</example>
    public required int Arrived { get; init; }

    /// <summary>A person had them sent again: the subscriber may have them twice.</summary>
    /// <example>0</example>
    public required int Replayed { get; init; }

    /// <summary>A person decided that they are not sent any more.</summary>
    /// <example>0</example>
    public required int Discarded { get; init; }

    /// <summary>They are held until a person decides.</summary>
    /// <example>1</example>
    public required int Held { get; init; }

    /// <summary>Dead letters that nobody has decided about.</summary>
    /// <example>0</example>
    public required int Dead { get; init; }

    /// <summary>Their endpoint or application was deleted.</summary>
    /// <example>0</example>
    public required int Canceled { get; init; }

    public static UnknownOutcomeCountOut Of(IReadOnlyList<CountedFollowUp> counted)
    {
        var counts = counted
            .GroupBy(same => UnknownOutcomeFollowUps.Of(same.State, same.LastOutcome, same.Decision))
            .ToDictionary(followUp => followUp.Key, followUp => followUp.Sum(same => same.Count));
        return new()
        {
            Total = counts.Values.Sum(),
            OnItsWay = counts.GetValueOrDefault(UnknownOutcomeFollowUp.OnItsWay),
            Delivered = counts.GetValueOrDefault(UnknownOutcomeFollowUp.Delivered),
            Receipt = counts.GetValueOrDefault(UnknownOutcomeFollowUp.Receipt),
            Arrived = counts.GetValueOrDefault(UnknownOutcomeFollowUp.Arrived),
            Replayed = counts.GetValueOrDefault(UnknownOutcomeFollowUp.Replayed),
            Discarded = counts.GetValueOrDefault(UnknownOutcomeFollowUp.Discarded),
            Held = counts.GetValueOrDefault(UnknownOutcomeFollowUp.Held),
            Dead = counts.GetValueOrDefault(UnknownOutcomeFollowUp.Dead),
            Canceled = counts.GetValueOrDefault(UnknownOutcomeFollowUp.Canceled),
        };
    }
}
