using System.Text;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Outbox;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.BackgroundTasks;

/// <summary>What an endpoint would get today and never got: as the outbox would decide about a new message.</summary>
public abstract class ReplayMissingTests(Store store) : TaskTests(store)
{
    private const string SmallOnly = """{"path":"$.n","lt":3}""";

    [Fact]
    public async Task ReplayMissing_EndpointCameLater_SendsWhatItMatches()
    {
        var application = await Given.ApplicationAsync();
        var first = await Given.EndpointAsync(application);
        await PublishAsync(first, "a", ["c"], 1);
        await PublishAsync(first, "b", ["c"], 2);
        await PublishAsync(first, "a", null, 4);
        var late = await Given.EndpointAsync(application, e => (e.EventTypes, e.Channels) = (["a"], ["c"]));

        var done = await ReplayedAsync(await ReplayAsync(BackgroundTaskKind.ReplayMissing, late));

        (done.Matched, done.Sent, done.MayBeDuplicates).ShouldBe((1, 1, 0));
        (await WithReplayAsync(late, 1)).Count.ShouldBe(1); // 0 is kept for what the message itself makes
        (await ReplayedAsync(await ReplayAsync(BackgroundTaskKind.ReplayMissing, late))).Matched.ShouldBe(0);
    }

    [Fact]
    public async Task ReplayMissing_EndpointWithAFilter_SendsWhatTheFilterOfTodayLetsThrough()
    {
        var application = await Given.ApplicationAsync();
        var late = await Given.EndpointAsync(application, e => e.Filter = SmallOnly);
        var accepted = await Writer.CommitAsync([.. Enumerable.Range(0, 6).Select(n => Numbered(application, n))]);
        var messages = accepted.Select(result => result.MessageId).ToList();
        await Given.WriteAsync(async db =>
        {
            await db.Deliveries.Where(d => d.EndpointId == late).ExecuteDeleteAsync(Cancel); // it came later than the messages
            await db.MessagePayloads.Where(p => p.MessageId == messages[5]).ExecuteDeleteAsync(Cancel);
        });

        var done = await ReplayedAsync(await ReplayAsync(BackgroundTaskKind.ReplayMissing, late));

        (done.Matched, done.Sent, done.Skipped.PayloadGone).ShouldBe((4, 3, 1)); // nobody knows what was in the one that is gone
        (await WithReplayAsync(late, 1)).ShouldBe(messages[..3]);
    }

    [Fact]
    public async Task ReplayMissing_FilterWasWidenedSince_SendsWhatItKeptBackOnly()
    {
        var application = await Given.ApplicationAsync();
        var endpoint = await Given.EndpointAsync(application, e => e.Filter = SmallOnly);
        var accepted = await Writer.CommitAsync([.. Enumerable.Range(0, 6).Select(n => Numbered(application, n))]);
        (await ReplayedAsync(await ReplayAsync(BackgroundTaskKind.ReplayMissing, endpoint))).Matched.ShouldBe(0);
        await Given.WriteAsync(db => db.Endpoints.ExecuteUpdateAsync(
            set => set.SetProperty(e => e.Filter, """{"path":"$.n","lt":5}"""), Cancel));

        await RunAsync(await ReplayAsync(BackgroundTaskKind.ReplayMissing, endpoint));

        (await WithReplayAsync(endpoint, 1)).ShouldBe([accepted[3].MessageId, accepted[4].MessageId]);
    }

    private static PublishRequest Numbered(ApplicationId application, int n) =>
        Given.Event(application, payload: Encoding.UTF8.GetBytes($$"""{"n":{{n}}}""")) with
        {
            RawPayload = n == 4 ? "not what the filter is asked about"u8.ToArray() : null,
        };
}
