namespace Webhooks.Core.Notifications.Texts;

/// <summary>One message to a channel: about an incident, about several, or none.</summary>
/// <param name="Id">Names the message; the same when it has to be sent again, so that a receiver can tell.</param>
/// <param name="Channel">The channel's name.</param>
/// <param name="Notices">Of different incidents; none unless it is about incidents.</param>
internal sealed record NoticeMessage(string Id, NoticeMessageKind Kind, string Channel, DateTimeOffset At, IReadOnlyList<Notice> Notices)
{
    public bool IsDigest => Notices.Count > 1;
}

/// <summary>Why a message is sent.</summary>
internal enum NoticeMessageKind
{
    Incidents = 1,

    /// <summary>Somebody wants to see whether it arrives.</summary>
    Test = 2,

    /// <summary>The service wants to know, as it does from time to time.</summary>
    Heartbeat = 3,
}
