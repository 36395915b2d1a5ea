using Webhooks.Core.ApiKeys;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Outbox;

/// <summary>Every row that one commit 1 writes.</summary>
internal sealed record OutboxRows(
    IReadOnlyList<Message> Messages,
    IReadOnlyList<MessagePayloadRow> Payloads,
    IReadOnlyList<Delivery> Deliveries,
    IReadOnlyCollection<LaneArrival> Lanes,
    IReadOnlyList<IdempotencyRecord> IdempotencyRecords)
{
    /// <summary>
    /// Keys among those of <see cref="IdempotencyRecords"/> whose earlier record is past its period and not cleaned up yet: it goes first, or
    /// the new one would collide with it.
    /// </summary>
    public IReadOnlyList<ForgottenKey> ForgottenKeys { get; init; } = [];

    public bool IsEmpty => Messages.Count == 0;
}

/// <summary>A payload as it is written: a slice of the request, not copied.</summary>
/// <param name="RawBody">What is sent in its place; null for the body itself.</param>
internal readonly record struct MessagePayloadRow(
    MessageId MessageId, ReadOnlyMemory<byte> Body, DateTimeOffset ExpiresAt, byte[]? RawBody = null);

/// <summary>An idempotency key whose record is past its period.</summary>
/// <param name="ExpiresAt">Tells this record from one that another node has put in its place since.</param>
internal readonly record struct ForgottenKey(ApiKeyId Caller, string Key, DateTimeOffset ExpiresAt);

/// <summary>Deliveries were added to a lane.</summary>
/// <param name="DueAt">When the lane is ready, unless it is held, paused or saturated; null when none of them is due.</param>
internal readonly record struct LaneArrival(EndpointId EndpointId, long LastSequence, DateTimeOffset? DueAt);
