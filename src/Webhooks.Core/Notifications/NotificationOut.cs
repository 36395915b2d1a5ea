using System.Linq.Expressions;
using Webhooks.Core.Channels;
using Webhooks.Core.Incidents;

namespace Webhooks.Core.Notifications;

/// <summary>What one channel was, or is to be, told about an incident.</summary>
internal sealed record NotificationOut
{
    /// <summary>Its id; also the message's, where it was sent alone.</summary>
    public required NotificationId Id { get; init; }

    /// <summary>The incident it is about.</summary>
    public required IncidentId IncidentId { get; init; }

    /// <summary>The channel that is told.</summary>
    public required ChannelId ChannelId { get; init; }

    /// <summary><c>escalated</c> (a step of the policy), <c>acknowledged</c>, <c>resolved</c> or <c>updated</c> (it got worse).</summary>
    /// <example>escalated</example>
    public required NotificationReason Reason { get; init; }

    /// <summary>The step of the policy that it belongs to, from 0.</summary>
    /// <example>0</example>
    public required int Step { get; init; }

    /// <summary>
    /// <c>waiting</c>, <c>sent</c> (the channel took it), <c>failed</c> (it was given up, and the next step followed at once) or
    /// <c>dropped</c> (there was no need any more).
    /// </summary>
    /// <example>sent</example>
    public required NotificationState State { get; init; }

    /// <summary>When it is, or was last, to be sent.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>How often it was tried.</summary>
    /// <example>1</example>
    public required int Attempts { get; init; }

    /// <summary>What went wrong last, or why it was dropped; null for nothing.</summary>
    /// <example>null</example>
    public required string? Error { get; init; }

    /// <summary>When it was written.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it came to its end; null while it waits.</summary>
    /// <example>2026-01-31T12:00:01.000000Z</example>
    public required DateTimeOffset? FinishedAt { get; init; }

    public static readonly Expression<Func<Notification, NotificationOut>> Projection = n => new NotificationOut
    {
        Id = n.Id,
        IncidentId = n.IncidentId,
        ChannelId = n.ChannelId,
        Reason = n.Reason,
        Step = n.Step,
        State = n.State,
        DueAt = n.DueAt,
        Attempts = n.Attempts,
        Error = n.Error,
        CreatedAt = n.CreatedAt,
        FinishedAt = n.FinishedAt,
    };
}
