using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Channels;
using Webhooks.Core.Escalation;
using Webhooks.Core.Incidents;
using Webhooks.Core.Notifications;
using Webhooks.Core.Tests.Channels;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Notifications;

/// <summary>A channel that fails makes the next step follow at once: that one, once, and no other.</summary>
public abstract class HurriedStepTests(Store store) : NotificationTests(store)
{
    private const string Soon = "30";

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_ChannelOfTheLastStepRefuses_PolicyKeepsItsWaitBeforeItBeginsAgain(bool hasTwoSteps)
    {
        await using var bad = await HttpReceiver.AnsweringAsync(404);
        await using var good = await HttpReceiver.StartAsync();
        await using var node = NewNode();
        var (broken, person) = (await WebhookAsync(bad), await WebhookAsync(good));
        await PolicyAsync(60, hasTwoSteps ? [(0, [broken]), (15, [broken, person])] : [(0, [broken, person])]);
        var incident = await OpenAsync();

        await LetPassAsync(node, TimeSpan.FromMinutes(59), broken, person);
        (await ToldAsync(incident, person)).ShouldBe(1);
        await LetPassAsync(node, TimeSpan.FromMinutes(3), broken, person);

        (await ToldAsync(incident, person)).ShouldBe(2);
    }

    [Fact]
    public async Task Run_AllChannelsRefuse_EachStepIsTakenOnceARound()
    {
        await using var bad = await HttpReceiver.AnsweringAsync(404);
        await using var worse = await HttpReceiver.AnsweringAsync(410);
        await using var node = NewNode();
        var (first, second) = (await WebhookAsync(bad), await WebhookAsync(worse));
        await PolicyAsync(60, (0, [first]), (15, [second]));
        var (incident, opened) = (await OpenAsync(), Now);

        await LetPassAsync(node, TimeSpan.FromMinutes(5), first, second);

        (await EscalatedAsync(incident)).ShouldBe([first, second]);
        (await SavedAsync(incident)).EscalatesAt.ShouldBe(opened + Look + TimeSpan.FromMinutes(60));
    }

    [Fact]
    public async Task Run_ChannelOfAStepThatIsLongOverIsGivenUp_WakesNobodyElse()
    {
        await using var refuses = await HttpReceiver.AnsweringAsync(404);
        await using var good = await HttpReceiver.StartAsync();
        await using var fails = await HttpReceiver.AnsweringAsync(503, retryAfter: Soon);
        await using var boss = await HttpReceiver.StartAsync();
        await using var node = NewNode();
        ChannelId[] all = [await WebhookAsync(refuses), await WebhookAsync(fails), await WebhookAsync(good), await WebhookAsync(boss)];
        await PolicyAsync(null, (0, [all[0], all[1]]), (15, [all[2]]), (120, [all[3]]));
        var incident = await OpenAsync();

        await LetPassAsync(node, 3 * Look, all);
        (await ToldAsync(incident, all[2])).ShouldBe(1);
        await LetPassAsync(node, TimeSpan.FromMinutes(30), all);

        (await Db.Notifications.SingleAsync(n => n.ChannelId == all[1] && n.IncidentId == incident, Cancel)).State
            .ShouldBe(NotificationState.Failed);
        (await ToldAsync(incident, all[3])).ShouldBe(0, "whom the message reached has the time that the policy gives");
    }

    [Fact]
    public async Task Run_ChannelFailsInPassing_NextStepFollowsAtOnceAndTheChannelIsTriedBesideIt()
    {
        await using var flaky = await HttpReceiver.AnsweringAsync(503, retryAfter: Soon);
        await using var good = await HttpReceiver.StartAsync();
        await using var node = NewNode();
        var (slow, person) = (await WebhookAsync(flaky), await WebhookAsync(good));
        await PolicyAsync(null, (0, [slow]), (15, [person]));
        var incident = await OpenAsync();

        await LetPassAsync(node, 2 * Look, slow, person);

        (await ToldAsync(incident, person)).ShouldBe(1);
        var waiting = await Db.Notifications.SingleAsync(n => n.ChannelId == slow, Cancel);
        (waiting.State, waiting.Attempts).ShouldBe((NotificationState.Waiting, 1));
        (await Db.IncidentEvents.SingleAsync(e => e.Type == IncidentEventType.NotificationFailed, Cancel)).Text
            .ShouldEndWith("It is tried again, and the next step follows at once.");
        (await Db.Incidents.AnyAsync(i => i.ChannelId != null, Cancel)).ShouldBeFalse("it may yet take the message");
    }

    [Fact]
    public async Task Run_ChannelFailsAgainAndAgain_HurriesOnce()
    {
        await using var flaky = await HttpReceiver.AnsweringAsync(503, retryAfter: Soon);
        await using var good = await HttpReceiver.StartAsync();
        await using var node = NewNode();
        var (slow, person) = (await WebhookAsync(flaky), await WebhookAsync(good));
        await PolicyAsync(null, (0, [slow]), (15, [person]), (60, [person]));
        var incident = await OpenAsync();
        await LetPassAsync(node, 2 * Look, slow, person);

        // Somebody puts the incident back to where the failing channel's step is the last one, as a repeated round would.
        await Given.WriteAsync(db => db.Incidents.Where(i => i.Id == incident)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.NextStep, 1).SetProperty(i => i.EscalatesAt, Now.AddHours(1))));
        await LetPassAsync(node, TimeSpan.FromMinutes(30), slow, person);

        (await ToldAsync(incident, person)).ShouldBe(1);
    }

    /// <summary>What a worker's loops do, look by look.</summary>
    private async Task LetPassAsync(ServiceProvider node, TimeSpan time, params IReadOnlyList<ChannelId> channels)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Look)
        {
            await using (var scope = node.CreateAsyncScope())
                await scope.ServiceProvider.GetRequiredService<Escalator>().RunAsync(Cancel);
            foreach (var channel in channels)
                await SendAllAsync(node, channel);
            Clock.Advance(Look);
        }
    }

    private Task<IncidentId> OpenAsync() => IncidentAsync(i => (i.NextStep, i.EscalatesAt) = (0, Now));

    private Task<List<ChannelId>> EscalatedAsync(IncidentId incident) =>
        Db.Notifications.Where(n => n.IncidentId == incident).OrderBy(n => n.Id).Select(n => n.ChannelId).ToListAsync(Cancel);

    private Task<int> ToldAsync(IncidentId incident, ChannelId channel) => Db.Notifications.CountAsync(
        n => n.IncidentId == incident && n.ChannelId == channel && n.State == NotificationState.Sent, Cancel);
}
