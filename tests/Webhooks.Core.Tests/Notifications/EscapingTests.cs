using System.Text.Json.Nodes;
using Webhooks.Core.Notifications.Acknowledgement;
using Webhooks.Core.Notifications.Texts;

namespace Webhooks.Core.Tests.Notifications;

/// <summary>Whatever others wrote is shown, and does nothing: in each format, and on the page behind the link.</summary>
public sealed class EscapingTests
{
    private static readonly MessageText Text = MessageTexts.Of(Told.Message(Told.Notice(Told.HostileIncident())));

    [Fact]
    public void Texts_LinesOfOthers_CantMakeLinesOfTheirOwn()
    {
        var plain = MailText.Plain(Text);

        plain.Split('\n').ShouldNotContain(line => line.StartsWith("Bcc:", StringComparison.Ordinal));
        plain.ShouldNotContain('\u202E');
        plain.ShouldNotContain('\r');
    }

    [Fact]
    public void Html_MarkupOfOthers_IsText()
    {
        var html = MailText.Html(Text);

        html.ShouldNotContain("<b onload");
        html.ShouldContain("&lt;b onload=&quot;x&quot;&gt;&amp;amp;");
        html.Split("href=").Length.ShouldBe(3, "no links but our two");
    }

    [Fact]
    public void Slack_WordsOfOthers_AreInPlainTextOnly()
    {
        var message = JsonNode.Parse(SlackBlocks.Of(Text))!;

        var marked = Objects(message).Where(o => o["type"]?.ToString() == "mrkdwn").Select(o => o["text"]!.ToString()).ToList();
        marked.ShouldBe(["<https://webhooks.test/ack/t0ken?a=1&amp;b=2|Acknowledge>   "
            + $"<https://webhooks.test/incidents/{Told.Incident().Id}|Open the incident>"]);
        message["text"]!.ToString().ShouldContain("&lt;!channel&gt;");
        message["text"]!.ToString().ShouldNotContain("<");
    }

    [Fact]
    public void Teams_WordsOfOthers_AreInRunsWithoutMarkdown()
    {
        var card = JsonNode.Parse(TeamsCard.Of(Text))!;

        var texts = Objects(card).Where(o => o["text"] is not null).ToList();
        texts.ShouldNotBeEmpty();
        texts.ShouldAllBe(o => o["type"]!.ToString() == "TextRun");
    }

    [Fact]
    public void Page_WordsOfOthers_AreText()
    {
        var html = AcknowledgementHtml.Of(AcknowledgementState.Ready, Told.HostileIncident(), Told.Now);

        html.ShouldNotContain("<b onload");
        html.ShouldNotContain("<script");
        html.ShouldNotContain("style=");
        html.ShouldContain("&lt;b onload");
    }

    [Fact]
    public void Texts_UrlOfTheEndpoint_IsShownWithoutPathAndQuery()
    {
        foreach (var text in new[] { MailText.Plain(Text), MailText.Html(Text), $"{JsonNode.Parse(SlackBlocks.Of(Text))}", $"{JsonNode.Parse(TeamsCard.Of(Text))}" })
        {
            text.ShouldContain("api.example.com:8443");
            text.ShouldNotContain("s3cret");
            text.ShouldNotContain("/hooks");
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(member => Objects(member.Value)).Prepend(o),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };
}
