using System.Net;
using System.Text;

namespace Webhooks.Core.Notifications.Texts;

/// <summary>A message as a mail: plain text and HTML, the same words.</summary>
internal static class MailText
{
    public static string Plain(MessageText message)
    {
        var text = new StringBuilder();
        Line(text, message.Lead);
        foreach (var notice in message.Notices)
        {
            if (message.Notices.Count > 1)
                Line(text, notice.Title);
            Line(text, notice.Summary);
            foreach (var fact in notice.Facts)
                text.Append(fact.Name).Append(": ").Append(fact.Value).Append('\n');
            Line(text, notice.AcknowledgeUrl is { } acknowledge ? $"\nAcknowledge: {acknowledge.AbsoluteUri}" : null);
            Line(text, notice.IncidentUrl is { } incident ? $"Open the incident: {incident.AbsoluteUri}" : null);
            text.Append('\n');
        }

        foreach (var line in message.More)
            Line(text, line);
        Line(text, message.Hint);
        return text.ToString();
    }

    public static string Html(MessageText message)
    {
        var html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>");
        html.Append(Encode(message.Title)).Append("</title></head><body>\n");
        Paragraph(html, message.Lead);
        foreach (var notice in message.Notices)
            Append(html, notice);
        if (message.More.Count > 0)
            html.Append("<ul>").AppendJoin("", message.More.Select(line => $"<li>{Encode(line)}</li>")).Append("</ul>\n");
        Paragraph(html, message.Hint);
        return html.Append("</body></html>\n").ToString();
    }

    private static void Append(StringBuilder html, NoticeText notice)
    {
        html.Append("<h2>").Append(Encode(notice.Title)).Append("</h2>\n");
        Paragraph(html, notice.Summary);
        html.Append("<table>");
        foreach (var fact in notice.Facts)
        {
            html.Append("<tr><th align=\"left\" valign=\"top\">").Append(Encode(fact.Name));
            html.Append("</th><td>").Append(Encode(fact.Value)).Append("</td></tr>");
        }

        html.Append("</table>\n");
        Link(html, notice.AcknowledgeUrl, "Acknowledge");
        Link(html, notice.IncidentUrl, "Open the incident");
    }

    private static void Line(StringBuilder text, string? line)
    {
        if (line is not null)
            text.Append(line).Append('\n');
    }

    private static void Paragraph(StringBuilder html, string? text)
    {
        if (text is not null)
            html.Append("<p>").Append(Encode(text)).Append("</p>\n");
    }

    private static void Link(StringBuilder html, Uri? address, string text)
    {
        if (address is not null)
            html.Append("<p><a href=\"").Append(Encode(address.AbsoluteUri)).Append("\">").Append(text).Append("</a></p>\n");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
