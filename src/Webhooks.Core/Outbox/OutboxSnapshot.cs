using System.Collections.Frozen;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Outbox;

/// <summary>What the database knew about a batch at the start of its transaction.</summary>
/// <param name="Applications">The applications named, by the name used (id or uid).</param>
/// <param name="Subscriptions">The endpoints of those applications.</param>
/// <param name="TakenEventIds">Which of the batch's eventIds exist already.</param>
/// <param name="Answered">Which of the batch's idempotency keys are on record, those that are to be forgotten among them.</param>
internal sealed record OutboxSnapshot(
    IReadOnlyDictionary<string, ApplicationId> Applications,
    ILookup<ApplicationId, Subscription> Subscriptions,
    IReadOnlySet<(ApplicationId Application, string EventId)> TakenEventIds,
    IReadOnlyDictionary<(ApiKeyId Caller, string Key), AnsweredPublish> Answered)
{
    /// <summary>At endpoints that ask for order: which of the batch's keys have a delivery that is waiting or being sent.</summary>
    public IReadOnlySet<(EndpointId Endpoint, string OrderingKey)> BusyKeys { get; init; } =
        FrozenSet<(EndpointId, string)>.Empty;
}

/// <summary>What an idempotency key was used for: another request, or messages that this one retransmits.</summary>
/// <param name="Messages">
/// One, or an entry for each place of a batch: null at those that were refused. Null altogether when the key was used for something else.
/// </param>
/// <param name="ExpiresAt">From then on it counts as forgotten, whether or not its record has been cleaned up.</param>
internal sealed record AnsweredPublish(byte[] RequestHash, IReadOnlyList<AcceptedMessage?>? Messages, DateTimeOffset ExpiresAt);

internal sealed record AcceptedMessage(MessageId Id, DateTimeOffset CreatedAt);
