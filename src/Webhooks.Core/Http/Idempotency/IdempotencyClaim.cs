using Webhooks.Core.ApiKeys;

namespace Webhooks.Core.Http.Idempotency;

/// <summary>A POST's Idempotency-Key with what identifies the request under it.</summary>
/// <param name="RequestHash">SHA-256 of method, path, query and body.</param>
internal sealed record IdempotencyClaim(ApiKeyId ApiKeyId, string Key, byte[] RequestHash);
