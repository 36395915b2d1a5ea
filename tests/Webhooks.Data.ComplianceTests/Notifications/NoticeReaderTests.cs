using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Channels;
using Webhooks.Core.Incidents;
using Webhooks.Core.Notifications;
using Webhooks.Core.Notifications.Texts;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Notifications;

/// <summary>What people are told is what the tables say.</summary>
public abstract class NoticeReaderTests(Store store) : NotificationTests(store)
{
    [Fact]
    public async Task Find_OfAnEndpoint_HasItsNamesItsBacklogAndItsLastAnswer()
    {
        var application = await Given.ApplicationAsync();
        var endpoint = await Given.EndpointAsync(
            application, e => (e.Url, e.Description) = ("https://api.example.com/a?b=c", "Orders"), lane => lane.FailingSince = Now.AddHours(-1));
        await Given.MessagesAsync(endpoint, 3);
        await RecordAsync(Answers.Status(410), (await ClaimAsync(1)).Deliveries);
        var incident = await IncidentAsync(of: new Endpoint(endpoint, application));
        await Given.WriteAsync(db => db.DeadLetters.ExecuteUpdateAsync(set => set.SetProperty(d => d.IncidentId, incident), Cancel));

        var told = (await FindAsync(incident)).ShouldNotBeNull();

        (told.ApplicationName, told.EndpointUrl, told.EndpointDescription).ShouldBe(("Acme", "https://api.example.com/a?b=c", "Orders"));
        told.FailingSince.ShouldBe(Now.AddHours(-1));
        told.Waiting.ShouldBe(await Db.Deliveries.CountAsync(d => d.FinishedAt == null, Cancel));
        told.DeadLetters.ShouldBe(await Db.DeadLetters.CountAsync(Cancel));
        (told.LastAnswer!.Status, told.LastAnswer.Error).ShouldBe((410, "Refused."));
    }

    [Fact]
    public async Task Find_OfTheServiceItself_HasNoEndpoint()
    {
        var told = (await FindAsync(await IncidentAsync())).ShouldNotBeNull();

        (told.ApplicationId, told.EndpointId, told.Waiting, told.LastAnswer).ShouldBe((null, null, 0, null));
    }

    [Fact]
    public async Task Find_NoSuchIncident_IsNull() => (await FindAsync(new IncidentId(404))).ShouldBeNull();

    [Fact]
    public async Task Read_ManyNotifications_IsANoticeForEachIncidentWithTheLastReason()
    {
        var (first, second, channel) = (await IncidentAsync(), await IncidentAsync(), new ChannelId(9));
        await NotificationAsync(first, channel);
        await NotificationAsync(second, channel);
        await NotificationAsync(first, channel, NotificationReason.Updated);
        var notifications = await Db.Notifications.OrderBy(n => n.Id).ToListAsync(Cancel);
        await using var node = NewNode(("PublicUrl", "https://webhooks.test"));
        await using var scope = node.CreateAsyncScope();

        var notices = await scope.ServiceProvider.GetRequiredService<NoticeReader>().ReadAsync(channel, notifications, Cancel);

        notices.Select(notice => (notice.Incident.Id, notice.Reason))
            .ShouldBe([(first, NotificationReason.Updated), (second, NotificationReason.Escalated)]);
        notices[0].IncidentUrl.ShouldBe(new Uri($"https://webhooks.test/incidents/{first}"));
        notices[0].AcknowledgeUrl.ShouldNotBeNull();
    }

    private async Task<ToldIncident?> FindAsync(IncidentId id)
    {
        await using var node = NewNode();
        await using var scope = node.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<NoticeReader>().FindAsync(id, Cancel);
    }
}
