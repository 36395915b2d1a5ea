namespace Webhooks.Protocol;

/// <summary>
/// The names of the headers a delivery carries, in lower case as HTTP/2 sends them (RFC 9113, section 8.2). Compare them without case.
/// </summary>
public static class WebhookHeaders
{
    /// <summary>
    /// The message's id: the same on every attempt, so it is what a receiver deduplicates by. Standard Webhooks, "Webhook headers".
    /// </summary>
    public const string Id = "webhook-id";

    /// <summary>When this attempt was signed, in whole seconds since the Unix epoch. Standard Webhooks, "Webhook headers".</summary>
    public const string Timestamp = "webhook-timestamp";

    /// <summary>
    /// One signature for each live secret, space separated, each <c>version,base64</c>. Standard Webhooks, "Webhook headers".
    /// </summary>
    public const string Signature = "webhook-signature";

    /// <summary>Equal to <see cref="Id"/>, for gateways that deduplicate by it. IETF draft-ietf-httpapi-idempotency-key-header.</summary>
    public const string IdempotencyKey = "idempotency-key";

    /// <summary>The attempt's number: 1 for the first, rising.</summary>
    public const string Attempt = "webhook-attempt";

    /// <summary>What the attempt before this one showed; one of <see cref="PriorOutcomes"/>.</summary>
    public const string PriorOutcome = "webhook-prior-outcome";

    /// <summary>The message's place among those for this endpoint: from 1, rising. A retry keeps its number.</summary>
    public const string Sequence = "webhook-sequence";

    /// <summary>
    /// <c>true</c> on every attempt of a delivery by which a person sends a message again; absent otherwise. The message keeps its
    /// <see cref="Id"/>, so a receiver that deduplicates need not look at it.
    /// </summary>
    public const string Replay = "webhook-replay";
}
