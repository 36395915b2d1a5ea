namespace Webhooks.EndToEndTests.Load;

/// <summary>An event that was answered 202.</summary>
/// <param name="Key">Its idempotency key.</param>
/// <param name="BodyHash">Of the payload's bytes.</param>
internal sealed record PublishedEvent(string Key, string MessageId, string EventType, string BodyHash);
