using System.Net;
using System.Text;
using Webhooks.Core.Notifications.Texts;

namespace Webhooks.Core.Notifications.Acknowledgement;

/// <summary>The page behind a link to acknowledge. Everything in it but our own words is encoded.</summary>
internal static class AcknowledgementHtml
{
    public const string StyleSheet = """
        body { font-family: system-ui, sans-serif; line-height: 1.5; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; }
        body { color: #1b1b1b; background: #fff; }
        h1 { font-size: 1.4rem; overflow-wrap: anywhere; }
        dt { font-weight: 600; }
        dd { margin: 0 0 .5rem; overflow-wrap: anywhere; }
        button { font: inherit; font-weight: 600; padding: .75rem 1.5rem; border: 0; border-radius: .375rem; cursor: pointer; }
        button { color: #fff; background: #0b5cad; }
        button:focus-visible { outline: 3px solid #1b1b1b; outline-offset: 2px; }
        @media (prefers-color-scheme: dark) { body { color: #eee; background: #161616; } button:focus-visible { outline-color: #eee; } }
        """;

    /// <param name="incident">Null when the link does not prove that whoever has it may see it.</param>
    public static string Of(AcknowledgementState state, ToldIncident? incident, DateTimeOffset now)
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>").Append(TitleOf(state))
            .Append("</title><link rel=\"stylesheet\" href=\"style.css\"></head><body><main>\n<h1>").Append(TitleOf(state))
            .Append("</h1>\n<p>").Append(Encode(SentenceOf(state, incident))).Append("</p>\n");
        if (incident is not null)
            Append(html, incident, now);

        // It posts to the address of this very page: the token in it is the proof.
        if (state == AcknowledgementState.Ready)
            html.Append("<form method=\"post\"><button type=\"submit\">Acknowledge</button></form>\n");
        return html.Append("</main></body></html>\n").ToString();
    }

    private static void Append(StringBuilder html, ToldIncident incident, DateTimeOffset now)
    {
        html.Append("<h2>").Append(Encode($"{ToldWords.Subject(incident)}: {ToldWords.Of(incident.Kind)}")).Append("</h2>\n<p>")
            .Append(Encode(OneLine.Of(incident.Summary, 500))).Append("</p>\n<dl>");
        foreach (var fact in NoticeFacts.Of(incident, now))
            html.Append("<dt>").Append(Encode(fact.Name)).Append("</dt><dd>").Append(Encode(fact.Value)).Append("</dd>");
        html.Append("</dl>\n");
    }

    private static string TitleOf(AcknowledgementState state) => state switch
    {
        AcknowledgementState.Ready => "Acknowledge an incident",
        AcknowledgementState.Acknowledged => "This incident is acknowledged",
        AcknowledgementState.Resolved => "This incident is over",
        AcknowledgementState.Expired => "This link has expired",
        AcknowledgementState.Outdated => "This link is outdated",
        _ => "This link is not valid",
    };

    private static string SentenceOf(AcknowledgementState state, ToldIncident? incident) => state switch
    {
        AcknowledgementState.Ready => "By acknowledging it you say that you see to it. Nobody else is alerted any more.",
        AcknowledgementState.Acknowledged =>
            $"{OneLine.Of(incident?.AcknowledgedBy ?? "Somebody", 120)} sees to it. There is nothing to do here.",
        AcknowledgementState.Resolved => "It was resolved. There is nothing to do here.",
        AcknowledgementState.Expired => "Take the link of a newer message, or acknowledge the incident in the dashboard.",
        AcknowledgementState.Outdated => "The incident was over and has come back since. Take the link of the message that says so.",
        _ => "It is damaged, or not one of this service. Copy it whole from the message.",
    };

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
