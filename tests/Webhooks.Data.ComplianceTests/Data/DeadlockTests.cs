using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Endpoints.Filters;
using Webhooks.Core.Outbox;
using Webhooks.Data.ComplianceTests.Invariants;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Data;

/// <summary>Outbox, claim, record and single writers lock in one order: together they never wait for each other in a circle.</summary>
public abstract class DeadlockTests(SharedStore store) : SharedStoreTests(store)
{
    private const int Rounds = 60;

    private readonly List<EndpointId> _endpoints = [];

    [Fact]
    public async Task EveryPath_ManyAtOnceOnTheSameLanes_NoneFails()
    {
        var applications = new[] { await Given.ApplicationAsync(a => a.ThrottleRate = 1_000_000), await Given.ApplicationAsync() };
        for (var i = 0; i < 12; i++)
            _endpoints.Add(await Given.EndpointAsync(applications[i % 2], e => e.MaxInFlight = 20));

        var published = await TogetherAsync(
        [
            .. Enumerable.Repeat(() => PublishAsync(NewStrictWriter(), applications), 3),
            .. Enumerable.Repeat(DeliverAsync, 3),
            SwitchAsync,
        ]);

        await using var db = NewContext();
        (await db.Deliveries.CountAsync(Cancel)).ShouldBe(published.Sum());
        await new Books(db, Now).ShouldBalanceAsync(
            (await db.Deliveries.ToListAsync(Cancel)).Select(d => (d.MessageId, d.EndpointId, d.ReplayNumber)).ToHashSet(), Cancel);
    }

    private OutboxWriter NewStrictWriter()
    {
        var sql = new NothingIsTransient(Sql);
        return new OutboxWriter(
            sql, new DatabaseResilience(sql, Clock), Ids, new ContentFilterCache(), WakeUp, Clock, Options.Create(new OutboxOptions()));
    }

    private async Task<int> PublishAsync(OutboxWriter writer, ApplicationId[] applications)
    {
        for (var round = 0; round < Rounds; round++)
            (await writer.CommitAsync([.. applications.Select(application => Given.Event(application))])).Count.ShouldBe(2);
        return Rounds * _endpoints.Count;
    }

    private async Task<int> DeliverAsync()
    {
        for (var round = 0; round < Rounds; round++)
            await RecordAsync(Answers.Status(500), (await ClaimAsync(maxDeliveries: 50)).Deliveries.Reverse());
        return 0;
    }

    private async Task<int> SwitchAsync()
    {
        for (var round = 0; round < Rounds; round++)
        {
            await Given.HoldAsync(_endpoints[round % 12]);
            await Given.ResumeAsync(_endpoints[round % 12]);
            await Given.RetuneAsync(_endpoints[(round + 5) % 12], 10);
        }

        return 0;
    }
}
