namespace Webhooks.Core.Deliveries.Sending;

/// <summary>An attempt with all that can fail on our side done: what is left is the network.</summary>
/// <param name="Timeout">How long it may take.</param>
/// <param name="Shutdown">Cancelled when the node stops.</param>
internal sealed record PreparedAttempt(
    AttemptRequest Request,
    Uri Url,
    string MessageId,
    DateTimeOffset Timestamp,
    string Signature,
    IReadOnlyList<KeyValuePair<string, string>> EndpointHeaders,
    TimeSpan Timeout,
    CancellationToken Shutdown);
