using Webhooks.Core.Http.Idempotency;

namespace Webhooks.Core.Outbox;

/// <summary>One event to accept, valid in itself: what only the database knows is decided inside the transaction.</summary>
/// <param name="Application">The application's id or uid, as in the path.</param>
/// <param name="Payload">
/// The JSON object, byte for byte as it came. It is read when its turn to commit comes, also after its caller gave up waiting: never a
/// buffer that goes back to a pool.
/// </param>
/// <param name="Idempotency">Null when the request carries no Idempotency-Key.</param>
internal sealed record PublishRequest(
    string Application,
    string EventType,
    string? EventId,
    IReadOnlyList<string>? Channels,
    ReadOnlyMemory<byte> Payload,
    TimeSpan PayloadRetention,
    string? TraceParent,
    IdempotencyClaim? Idempotency)
{
    /// <summary>What subscribers get in the payload's place; null for the payload itself.</summary>
    public byte[]? RawPayload { get; init; }

    /// <summary>How many bytes of it wait in memory for their commit.</summary>
    public long WaitingBytes => Payload.Length + (RawPayload?.LongLength ?? 0);

    /// <summary>At endpoints that ask for order, messages of the same key go out one after the other; null for none.</summary>
    public string? OrderingKey { get; init; }

    /// <summary>Where it stands in the batch that it came in; alone by default.</summary>
    public BatchPlace Batch { get; init; }
}

/// <summary>A place in a batch. All of a batch share its idempotency claim, and are committed by themselves.</summary>
/// <param name="Count">How many places the batch has, faulty ones included; null for a request that is no batch.</param>
internal readonly record struct BatchPlace(int Index, int? Count);
