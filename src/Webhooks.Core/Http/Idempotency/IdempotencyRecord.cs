using Webhooks.Core.ApiKeys;

namespace Webhooks.Core.Http.Idempotency;

/// <summary>A POST that took effect, written in the transaction of that effect, so that a retransmission gets the same answer.</summary>
internal sealed class IdempotencyRecord
{
    /// <summary>Keys of different callers do not meet.</summary>
    public required ApiKeyId ApiKeyId { get; init; }

    public required string IdempotencyKey { get; init; }

    /// <summary>SHA-256 of method, path, query and body: another request under the same key is a conflict.</summary>
    public required byte[] RequestHash { get; init; }

    public required int StatusCode { get; init; }

    /// <summary>
    /// The answer's body, encrypted (it may show a new key); for a published message its id and time, from which the answer is made
    /// again.
    /// </summary>
    public required byte[] Answer { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
