using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Ledger;

/// <summary>
/// What became of the deliveries that an endpoint was due by what was accepted in one hour, as last counted. The row is written until every
/// one of them has come to its end; after that it only stands.
/// </summary>
internal sealed class LedgerHour
{
    /// <summary>The beginning of the hour in which the messages were accepted.</summary>
    public required DateTimeOffset Hour { get; init; }
    public required ApplicationId ApplicationId { get; init; }
    public required EndpointId EndpointId { get; init; }

    /// <summary>Deliveries that the messages made; counted apart from the states below.</summary>
    public long Accepted { get; set; }

    /// <summary>Deliveries that people asked for beside those: resends and replays.</summary>
    public long Replays { get; set; }

    public long Filtered { get; set; }
    public long Delivered { get; set; }
    public long Waiting { get; set; }
    public long Sending { get; set; }
    public long Held { get; set; }
    public long DeadUnacknowledged { get; set; }
    public long DeadAcknowledged { get; set; }

    /// <summary>Dead or held, and sent again by a new delivery.</summary>
    public long Replayed { get; set; }

    public long Discarded { get; set; }

    /// <summary>Ended because their endpoint or application was deleted by its owner.</summary>
    public long Canceled { get; set; }

    /// <summary>Of all these: that the subscriber may have got more than once.</summary>
    public long DuplicatesPossible { get; set; }

    public DateTimeOffset CountedAt { get; set; }
}
