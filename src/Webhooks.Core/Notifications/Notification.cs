using Webhooks.Core.Channels;
using Webhooks.Core.Incidents;

namespace Webhooks.Core.Notifications;

/// <summary>
/// What one channel is to be told about an incident. Written in the transaction that opens, escalates or resolves the incident, so that the
/// telling is as durable as the trouble.
/// </summary>
internal sealed class Notification
{
    public required NotificationId Id { get; init; }
    public required IncidentId IncidentId { get; init; }
    public required ChannelId ChannelId { get; init; }
    public required NotificationReason Reason { get; init; }

    /// <summary>The step of the policy that it belongs to.</summary>
    public required int Step { get; init; }

    public required NotificationState State { get; set; }

    /// <summary>When it is to be sent (again); meaningful while waiting.</summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>Until when a worker has it in hand; null when none has. Another takes it up then.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>What went wrong last, without any secret; null for nothing.</summary>
    public string? Error { get; set; }

    /// <summary>
    /// Whether the next step of the policy follows at once when it can't be told: somebody is asked for, and it is the first time. What is
    /// tried again and fails again has nobody left to hurry.
    /// </summary>
    public bool Hurries => Reason == NotificationReason.Escalated && Error is null;

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the channel took it, or it was given up.</summary>
    public DateTimeOffset? FinishedAt { get; set; }
}
