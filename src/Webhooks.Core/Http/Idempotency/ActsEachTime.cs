namespace Webhooks.Core.Http.Idempotency;

/// <summary>Metadata of a POST that takes no Idempotency-Key: it does the same again each time, or changes nothing.</summary>
internal sealed class ActsEachTime;
