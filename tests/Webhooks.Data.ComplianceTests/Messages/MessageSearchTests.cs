using System.Text;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Messages;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Messages;

/// <summary>How operators find messages.</summary>
public abstract class MessageSearchTests(Store store) : StoreTests(store)
{
    [Fact]
    public async Task Find_NothingAsked_LeadsThroughAllAndBack()
    {
        var messages = await Given.MessagesAsync(await Given.EndpointAsync(), 5);
        var search = new MessageSearch();

        var first = await FindAsync(search, null, limit: 2);
        var second = await FindAsync(search, first.Page.Iterator, limit: 2);
        var third = await FindAsync(search, second.Page.Iterator, limit: 2);
        var back = await FindAsync(search, third.Page.PrevIterator, limit: 2);

        first.Page.Data.ShouldBe([messages[4], messages[3]]);
        second.Page.Data.ShouldBe([messages[2], messages[1]]);
        (third.Page.Data.ShouldHaveSingleItem(), third.Page.Done).ShouldBe((messages[0], true));
        back.Page.Data.ShouldBe(second.Page.Data);
        (back.Page.Iterator, back.Page.Done).ShouldBe((second.Page.Iterator, false));
    }

    [Fact]
    public async Task Find_ReachEndsFirst_SaysWhereAndGoesOnFromThere()
    {
        var application = await Given.ApplicationAsync();
        var wanted = await PublishAsync(application, "rare");
        for (var i = 0; i < 5; i++)
            await PublishAsync(application, "common");
        var search = new MessageSearch { EventType = "rare", Reach = 4 };

        var nothing = await FindAsync(search, null, limit: 10);
        var found = await FindAsync(search, nothing.Page.Iterator, limit: 10);

        (nothing.Page.Data.Count, nothing.Page.Done).ShouldBe((0, false));
        nothing.Edge.ShouldNotBeNull();
        (found.Page.Data.ShouldHaveSingleItem(), found.Edge, found.Page.Done).ShouldBe((wanted, null, true));
    }

    [Fact]
    public async Task Find_PageIsFullBeforeTheReachEnds_HasNoEdge()
    {
        var application = await Given.ApplicationAsync();
        var messages = new List<MessageId>();
        for (var i = 0; i < 4; i++)
            messages.Add(await PublishAsync(application, "common"));

        var found = await FindAsync(new MessageSearch { EventType = "common", Reach = 3 }, null, limit: 2);

        found.Page.Data.ShouldBe([messages[3], messages[2]]);
        (found.Edge, found.Page.Iterator).ShouldBe((null, $"{messages[2]}"));
    }

    [Fact]
    public async Task Find_Standing_IsThatOfTheNewestDelivery()
    {
        var endpoint = await Given.EndpointAsync(e => e.RetrySchedule = [], l => l.InFlightLimit = 10);
        var messages = await Given.MessagesAsync(endpoint, 3);
        var claimed = (await ClaimAsync()).Deliveries.OrderBy(d => d.Request.MessageId).ToList();
        await RecordAsync(Answers.Ok, claimed[0]);
        await RecordAsync(Answers.Status(500), claimed[1], claimed[2]);
        await Given.ResendAsync(messages[2], endpoint);

        (await StandingAsync(MessageStanding.Delivered)).ShouldBe([messages[0]]);
        (await StandingAsync(MessageStanding.Failing)).ShouldBe([messages[1]]);
        (await StandingAsync(MessageStanding.Dead)).ShouldBe([messages[1]]);
        (await StandingAsync(MessageStanding.OnItsWay)).ShouldBe([messages[2]]);
        (await StandingAsync(MessageStanding.Held)).ShouldBeEmpty();
        (await StandingAsync(MessageStanding.NotSent)).ShouldBeEmpty();

        async Task<IReadOnlyList<MessageId>> StandingAsync(MessageStanding standing) =>
            (await FindAsync(new MessageSearch { Standing = standing }, null)).Page.Data;
    }

    [Fact]
    public async Task Find_AtEndpoint_ListsWhatWentThereOnce()
    {
        var endpoint = await Given.EndpointAsync(l => l.RetrySchedule = []);
        var messages = await Given.MessagesAsync(endpoint, 2);
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);
        await Given.ResendAsync(messages[0], endpoint);

        var found = await FindAsync(
            new MessageSearch { EndpointId = endpoint, Standing = MessageStanding.OnItsWay, EventType = Given.EventType }, null);

        found.Page.Data.ShouldBe([messages[1], messages[0]]);
    }

    [Fact]
    public async Task Find_Text_LooksIntoPayloadsInAnyCase()
    {
        var application = await Given.ApplicationAsync();
        var wanted = await PublishAsync(application, "note", """{"text":"Grüße aus Lübeck"}""");
        for (var i = 0; i < 60; i++)
            await PublishAsync(application, "note", """{"text":"nothing"}""");

        var found = await FindAsync(new MessageSearch { ApplicationId = application, Text = "AUS LÜBECK" }, null);

        found.Page.Data.ShouldBe([wanted]);
    }

    [Fact]
    public async Task Find_TimeRange_HoldsBothEnds()
    {
        var application = await Given.ApplicationAsync();
        var messages = new List<MessageId>();
        for (var i = 0; i < 4; i++)
        {
            messages.Add(await PublishAsync(application, "tick"));
            Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var (since, until) = (Now - TimeSpan.FromMinutes(3), Now - TimeSpan.FromMinutes(2));
        var found = await FindAsync(new MessageSearch { Since = since, Until = until }, null);

        found.Page.Data.ShouldBe([messages[2], messages[1]]);
    }

    [Fact]
    public async Task WithEventId_InTwoApplications_FindsBoth()
    {
        var one = await PublishAsync(await Given.ApplicationAsync(), "tick", eventId: "evt-1");
        var two = await PublishAsync(await Given.ApplicationAsync(), "tick", eventId: "evt-1");
        await PublishAsync(await Given.ApplicationAsync(), "tick", eventId: "evt-2");

        var found = await MessageSearch.WithEventId(Db, "evt-1").OrderByDescending(id => id).Take(5).ToListAsync(Cancel);

        found.ShouldBe([two, one]);
    }

    private Task<MessagesFound> FindAsync(MessageSearch search, string? iterator, int limit = 50)
    {
        var isBackwards = iterator is ['-', ..];
        var page = new PageRequest<MessageId> { Limit = limit, Iterator = iterator, IsBackwards = isBackwards };
        if (iterator is not null && IdText.TryParse<MessageId>(isBackwards ? iterator[1..] : iterator, out var cursor))
            page = page with { Cursor = cursor };
        return search.FindAsync(Db, page, Cancel);
    }

    private async Task<MessageId> PublishAsync(ApplicationId application, string type, string payload = "{}", string? eventId = null) =>
        (await Writer.PublishAsync(Given.Event(application, type, eventId, payload: Encoding.UTF8.GetBytes(payload)), Cancel)).MessageId;
}
