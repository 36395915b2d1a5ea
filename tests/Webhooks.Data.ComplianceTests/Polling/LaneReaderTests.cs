using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Polling;
using Webhooks.Core.Security;
using Webhooks.Core.Security.Signing;
using Webhooks.Data.ComplianceTests.Stores;
using Webhooks.Protocol;

namespace Webhooks.Data.ComplianceTests.Polling;

/// <summary>Reading a lane: in the order of its commits, by pages, from a place or a time on.</summary>
public abstract class LaneReaderTests(Store store) : StoreTests(store)
{
    private readonly SecretProtectors _protectors = new(new EphemeralDataProtectionProvider());

    [Fact]
    public async Task Read_PageByPage_MeetsEveryDeliveryOnceInLaneOrder()
    {
        var endpoint = await EndpointAsync();
        var messages = await Given.MessagesAsync(endpoint, 7);
        await Given.ResendAsync(messages[2], endpoint);

        var met = new List<string>();
        for (PollingEndpointOut? page = null; page is not { Done: true };)
        {
            page = await ReadAsync(endpoint, page?.Iterator, PollFilter.None, limit: 3);
            met.AddRange(page.Data.Select(message => message.Id.ToString()));
        }

        met.ShouldBe([.. messages.Append(messages[2]).Select(message => message.ToString())]);
    }

    [Fact]
    public async Task Read_WithAllFilters_ShowsWhatTheyLetThrough()
    {
        var endpoint = await EndpointAsync();
        var application = (await LaneAsync(endpoint)).ApplicationId;
        await Writer.PublishAsync(Given.Event(application, channels: ["x"]), Cancel);
        var time = Now;
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Writer.PublishAsync(Given.Event(application, channels: ["y"]), Cancel);
        await Writer.PublishAsync(Given.Event(application, type: "other", channels: ["x"]), Cancel);
        var wanted = await Writer.PublishAsync(Given.Event(application, channels: ["x", "z"]), Cancel);

        var page = await ReadAsync(
            endpoint, null, new PollFilter { EventTypes = [Given.EventType], Channel = "x", After = time }, limit: 10);

        page.Data.ShouldHaveSingleItem().Id.ShouldBe(wanted.MessageId);
        page.Done.ShouldBeTrue();
    }

    [Fact]
    public async Task Read_PayloadGone_ShowsTheRest()
    {
        var endpoint = await EndpointAsync();
        var messages = await Given.MessagesAsync(endpoint, 2);
        await Given.WriteAsync(db => db.MessagePayloads.Where(p => p.MessageId == messages[0]).ExecuteDeleteAsync(Cancel));

        var page = await ReadAsync(endpoint, null, PollFilter.None, limit: 10);

        page.Data.Select(message => message.Headers is null).ShouldBe([true, false]);
    }

    [Fact]
    public async Task Find_AnyTime_IsBehindWhatCameInUntilThenAndBeforeTheRest()
    {
        var endpoint = await EndpointAsync();
        var times = new List<DateTimeOffset>();
        for (var i = 0; i < 20; i++)
        {
            times.Add(Now);
            await Given.MessagesAsync(endpoint, 2);
            Clock.Advance(TimeSpan.FromMinutes(4));
        }

        for (var i = 0; i < times.Count; i++)
        {
            (await FindAsync(endpoint, times[i])).ShouldBe(2 * (i + 1));
            (await FindAsync(endpoint, times[i].AddMicroseconds(-1))).ShouldBe(2 * i);
        }
    }

    [Fact]
    public async Task Find_TimesOfSeveralNodesInDisorder_SkipsNothingThatCameInAfter()
    {
        var endpoint = await EndpointAsync();
        await Given.MessagesAsync(endpoint, 6);
        var start = Now;
        int[] seconds = [0, 100, 40, 160, 120, 200];
        for (var i = 0; i < seconds.Length; i++)
        {
            var (sequence, time) = (i + 1, start.AddSeconds(seconds[i]));
            await Given.WriteAsync(db => db.Deliveries.Where(d => d.Sequence == sequence)
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.CreatedAt, time), Cancel));
        }

        var found = await FindAsync(endpoint, start.AddSeconds(90));

        found.ShouldBe(1, "the second came in after, though the third did not");
    }

    private async Task<EndpointId> EndpointAsync()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.WriteAsync(async db =>
        {
            await db.EndpointSecrets.ExecuteDeleteAsync(Cancel);
            new EndpointSecrets(db, _protectors, Ids, Clock).Add(endpoint, SymmetricSecret.Generate());
            await db.SaveChangesAsync(Cancel);
        });
        return endpoint;
    }

    private async Task<PollingEndpointOut> ReadAsync(EndpointId endpoint, string? iterator, PollFilter filter, int limit)
    {
        var place = iterator is not null && PollIterator.TryParse(iterator, out var parsed) ? parsed.Sequence : 0;
        using var signers = new SignerCache(_protectors);
        await using var db = NewContext();
        return await new LaneReader(db, new EndpointSecrets(db, _protectors, Ids, Clock), signers, Clock)
            .ReadAsync(endpoint, place, filter, limit, Cancel);
    }

    private async Task<long> FindAsync(EndpointId endpoint, DateTimeOffset time)
    {
        await using var db = NewContext();
        return await new LaneTimes(db).FindAsync(endpoint, (await LaneAsync(endpoint)).LastSequence, time, Cancel);
    }
}
