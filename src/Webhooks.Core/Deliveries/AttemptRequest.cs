using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Deliveries;

/// <summary>Everything one attempt needs, read in the claim; no database is touched while it is sent.</summary>
/// <param name="Number">1 for the first attempt of this delivery, rising.</param>
/// <param name="PriorOutcome">The outcome of the attempt before this one; null on the first.</param>
/// <param name="Sequence">The message's place in the endpoint's lane, from 1, rising.</param>
/// <param name="ProtectedSecrets">Every live secret of the endpoint, newest first, as stored (encrypted).</param>
/// <param name="ProtectedHeaders">The endpoint's own headers as stored (encrypted JSON object of strings); null for none.</param>
/// <param name="Payload">The body, byte for byte as it was published.</param>
/// <param name="TraceParent">The message's W3C trace context, which the attempt continues; null for none.</param>
internal sealed record AttemptRequest(
    DeliveryId DeliveryId,
    MessageId MessageId,
    EndpointId EndpointId,
    int Number,
    AttemptOutcome? PriorOutcome,
    long Sequence,
    string Url,
    IReadOnlyList<byte[]> ProtectedSecrets,
    byte[]? ProtectedHeaders,
    ReadOnlyMemory<byte> Payload,
    string? TraceParent)
{
    /// <summary>A person sends the message again: the receiver is told so.</summary>
    public bool IsReplay { get; init; }

    /// <summary>How long the endpoint lets an attempt take; null for the deployment's time.</summary>
    public TimeSpan? Timeout { get; init; }
}
