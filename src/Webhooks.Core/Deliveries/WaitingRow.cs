using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Deliveries;

/// <summary>A delivery that a claim may take.</summary>
/// <param name="Attempts">How many were made before.</param>
/// <param name="PayloadBytes">Known without reading the payload; 0 where that is gone.</param>
internal sealed record WaitingRow(
    EndpointId EndpointId, DateTimeOffset DueAt, DeliveryId Id, MessageId MessageId, long Sequence, int Attempts, int Failures,
    int OwnFaults, AttemptOutcome? LastOutcome, AttemptTrigger TriggerType, string? TraceParent, long PayloadBytes, string? OrderingKey,
    int ReplayNumber);
