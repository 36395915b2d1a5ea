using System.Globalization;
using Webhooks.Core.Incidents;

namespace Webhooks.Core.Notifications.Texts;

/// <summary>The words of every notification: what a person has to know to act, the most urgent first.</summary>
internal static class MessageTexts
{
    /// <summary>How many incidents of a message are told with their facts.</summary>
    public const int MaxDetailed = 20;

    private const string NoLinks =
        "There are no links because this service does not know its address: set "
        + $"{NotificationOptions.Section}:{nameof(NotificationOptions.PublicUrl)}.";

    public static MessageText Of(NoticeMessage message) => message switch
    {
        { Kind: NoticeMessageKind.Test } => Plain(
            "Test of a Webhooks channel",
            $"Somebody asked whether the channel “{Name(message)}” works. It does. There is nothing to do."),
        { Kind: NoticeMessageKind.Heartbeat } => Plain(
            "Webhooks can reach you", $"A regular check of the channel “{Name(message)}”. There is nothing to do."),
        { IsDigest: true } => Digest(message),
        _ => Single(message),
    };

    private static MessageText Plain(string title, string lead) => new(title, lead, [], [], null);

    private static MessageText Single(NoticeMessage message)
    {
        var notice = message.Notices[0];
        var text = new NoticeText(
            Title(notice), OneLine.Of(notice.Incident.Summary, 500), NoticeFacts.Of(notice.Incident, message.At), notice.IncidentUrl,
            notice.AcknowledgeUrl);
        return new(text.Title, null, [text], [], HintOf(message));
    }

    private static MessageText Digest(NoticeMessage message)
    {
        var open = message.Notices.Count(notice => notice.Incident.State == IncidentState.Open);
        var title = string.Create(
            CultureInfo.InvariantCulture, $"{message.Notices.Count} incidents, {open} of them not acknowledged by anybody");
        var detailed = message.Notices.Take(MaxDetailed).Select(notice => new NoticeText(
            Title(notice), OneLine.Of(notice.Incident.Summary, 200), NoticeFacts.Brief(notice.Incident), notice.IncidentUrl,
            notice.AcknowledgeUrl));
        var more = message.Notices.Skip(MaxDetailed).Select(notice => $"{Title(notice)} ({notice.Incident.Id})");
        return new(
            title, "So much happens at once that it is told in one message.", [.. detailed], [.. more], HintOf(message));
    }

    private static string Title(Notice notice)
    {
        var what = $"{ToldWords.Subject(notice.Incident)}: {ToldWords.Of(notice.Incident.Kind)}";
        return notice switch
        {
            { Reason: NotificationReason.Resolved } => $"Resolved: {what}",
            { Reason: NotificationReason.Acknowledged } => $"Acknowledged: {what}",
            { Reason: NotificationReason.Updated } => $"It got worse: {what}",
            { Step: > 0 } => $"Still nobody: {what}",
            { Incident.Openings: > 1 } => $"Again: {what}",
            _ => what,
        };
    }

    private static string Name(NoticeMessage message) => OneLine.Of(message.Channel, 80);

    private static string? HintOf(NoticeMessage message) => message.Notices.Any(notice => notice.IncidentUrl is null) ? NoLinks : null;
}
