using System.Text.Json.Nodes;
using Webhooks.Core.Channels;
using Webhooks.Core.Incidents;
using Webhooks.Core.Notifications;
using Webhooks.Core.Notifications.Texts;

namespace Webhooks.Core.Tests.Notifications;

public sealed class MessageTextsTests
{
    private const string What = "Acme Corp. → api.example.com:8443: the subscriber refuses deliveries";

    [Theory]
    [InlineData(NotificationReason.Escalated, 0, 1, What)]
    [InlineData(NotificationReason.Escalated, 0, 2, "Again: " + What)]
    [InlineData(NotificationReason.Escalated, 1, 1, "Still nobody: " + What)]
    [InlineData(NotificationReason.Updated, 1, 1, "It got worse: " + What)]
    [InlineData(NotificationReason.Acknowledged, 1, 1, "Acknowledged: " + What)]
    [InlineData(NotificationReason.Resolved, 1, 1, "Resolved: " + What)]
    internal void Of_OneIncident_SaysAtOnceWhatHappened(NotificationReason reason, int step, int openings, string title) =>
        MessageTexts.Of(Told.Message(Told.Notice(Told.Incident() with { Openings = openings }, reason, step))).Title.ShouldBe(title);

    [Fact]
    public void Of_EveryKind_HasWordsOfItsOwn()
    {
        var titles = Enum.GetValues<IncidentKind>().Select(kind => MessageTexts.Of(Told.Message(Told.Notice(Told.Incident() with { Kind = kind }))).Title);

        titles.ShouldBeUnique();
        titles.ShouldAllBe(title => !title.Contains("something is wrong"));
    }

    [Fact]
    public void Of_ServicesOwnTrouble_NamesNoEndpoint()
    {
        var incident = new ToldIncident
        {
            Id = new IncidentId(1), Kind = IncidentKind.Backlog, State = IncidentState.Open, Summary = "Late.", OpenedAt = Told.Now,
            OccurredAt = Told.Now, Openings = 1,
        };

        var text = MessageTexts.Of(Told.Message(Told.Notice(incident)));

        text.Title.ShouldBe("Webhooks: the service does not keep up");
        text.Notices.Single().Facts.Select(fact => fact.Name).ShouldBe(["Open since", "Incident"]);
    }

    [Fact]
    public void Of_ChannelThatFails_NamesItAndWhatIsWrong()
    {
        var incident = new ToldIncident
        {
            Id = new IncidentId(1), Kind = IncidentKind.Channel, State = IncidentState.Open, Summary = "People can't be told.", OpenedAt = Told.Now,
            OccurredAt = Told.Now, Openings = 1, ChannelId = new ChannelId(9), ChannelName = "Night shift", ChannelError = "It answered 404.",
        };

        var text = MessageTexts.Of(Told.Message(Told.Notice(incident)));

        text.Title.ShouldBe("Night shift: people can't be told over a channel");
        text.Notices.Single().Facts.ShouldContain(new NoticeFact("Channel", $"Night shift ({new ChannelId(9)})"));
        text.Notices.Single().Facts.ShouldContain(new NoticeFact("Error", "It answered 404."));
    }

    [Fact]
    public void Of_ManyWaiting_SaysOrMore() =>
        MessageTexts.Of(Told.Message(Told.Notice(Told.Incident() with { Waiting = ToldIncident.MaxCounted }))).Notices.Single().Facts
            .ShouldContain(new NoticeFact("Waiting", "10,000 or more deliveries"));

    [Fact]
    public void Of_NoPublicAddress_SaysHowToSetIt()
    {
        var text = MessageTexts.Of(Told.Message(Told.Notice() with { IncidentUrl = null, AcknowledgeUrl = null }));

        text.Hint.ShouldNotBeNull().ShouldContain("Webhooks:Notifications:PublicUrl");
        MailText.Plain(text).ShouldContain(text.Hint);
        MailText.Html(text).ShouldContain("Webhooks:Notifications:PublicUrl");
        $"{JsonNode.Parse(SlackBlocks.Of(text))}".ShouldContain("Webhooks:Notifications:PublicUrl");
        $"{JsonNode.Parse(TeamsCard.Of(text))}".ShouldContain("Webhooks:Notifications:PublicUrl");
    }

    [Fact]
    public void Of_ManyIncidents_TellsEachInOneMessage()
    {
        var text = MessageTexts.Of(Told.Digest(100));

        text.Title.ShouldBe("100 incidents, 100 of them not acknowledged by anybody");
        (text.Notices.Count, text.More.Count).ShouldBe((MessageTexts.MaxDetailed, 100 - MessageTexts.MaxDetailed));
        var mail = MailText.Plain(text);
        for (var number = 1; number <= 100; number++)
            mail.ShouldContain(new IncidentId((UInt128)number).ToString());
    }

    // https://docs.slack.dev/reference/block-kit/blocks
    [Fact]
    public void Slack_LargestMessage_KeepsToItsLimits()
    {
        var long1 = new string('x', 5_000);
        var notices = Enumerable.Range(1, 100).Select(number => Told.Notice(Told.Incident(number) with
        {
            Summary = long1, ApplicationName = long1, EndpointDescription = long1, LastAnswer = new LastAnswer(Told.Now, 500, long1),
        }));

        var blocks = JsonNode.Parse(SlackBlocks.Of(MessageTexts.Of(Told.Message([.. notices]))))!["blocks"]!.AsArray();

        blocks.Count.ShouldBeLessThanOrEqualTo(50);
        blocks[0]!["text"]!["text"]!.ToString().Length.ShouldBeLessThanOrEqualTo(150);
        blocks.Where(b => b!["type"]!.ToString() == "section" && b["text"] is not null)
            .ShouldAllBe(b => b!["text"]!["text"]!.ToString().Length <= 3_000);
    }
}
