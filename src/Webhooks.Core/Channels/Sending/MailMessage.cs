using MimeKit;
using Webhooks.Core.Notifications.Texts;

namespace Webhooks.Core.Channels.Sending;

/// <summary>A message as a mail.</summary>
internal static class MailMessage
{
    private const int MaxSubject = 150;

    public static MimeMessage Of(ChannelSettings settings, NoticeMessage message)
    {
        var text = MessageTexts.Of(message);
        var from = MailAddress.Parse(settings.From!);
        var mail = new MimeMessage
        {
            // The same when it is sent again: mailboxes that look at it show it once.
            MessageId = $"{message.Id}@{from.Domain}",
            Date = message.At,
            Subject = OneLine.Of(text.Title, MaxSubject),
            Body = new BodyBuilder { TextBody = MailText.Plain(text), HtmlBody = MailText.Html(text) }.ToMessageBody(),
        };
        mail.From.Add(from);
        mail.To.AddRange(settings.To!.Select(MailAddress.Parse));

        // No answers from those who are on holiday: RFC 3834, section 5.
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        if (message.Notices is [var notice])
            mail.References.Add($"{notice.Incident.Id}@{from.Domain}"); // what is told of one incident stands together
        return mail;
    }
}
