using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Channels;
using Webhooks.Core.Data;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Escalation;
using Webhooks.Core.Incidents;
using Webhooks.Core.Ledger;
using Webhooks.Core.Notifications;
using Webhooks.Core.Notifications.Acknowledgement;
using Webhooks.Core.Tests.Channels;
using Webhooks.Data.ComplianceTests.Incidents;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Notifications;

/// <summary>
/// The whole way from a dead letter to the person who acknowledges it and to the sealed books, cut at each of its commits in turn, just
/// before it and just after it: whoever comes next does what is left, and it ends as if nothing had happened.
/// </summary>
public abstract class CrashedPathTests(Store store) : NotificationTests(store)
{
    private const int LeastCommits = 12;

    private static readonly NotificationReason[] Told =
        [NotificationReason.Escalated, NotificationReason.Acknowledged, NotificationReason.Resolved];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Path_ProcessDiesAtEachCommitInTurn_EndsAsIfNothingHadHappened(bool isAfter)
    {
        await using var receiver = await HttpReceiver.StartAsync();
        var (commits, hasDied) = (0, true);

        for (; hasDied; commits++)
        {
            var trouble = await GivenAsync(receiver);
            hasDied = await CutAsync(new CrashingSql(Sql, commits + 1, isAfter), trouble);
            if (hasDied)
                await FinishAsync(trouble);

            await ShouldBeOverAsync(trouble, receiver, mayHaveBeenToldTwice: hasDied);
        }

        commits.ShouldBeGreaterThan(LeastCommits, "a path without commits shows nothing");
    }

    /// <summary>A dead letter as commit 3 leaves it, of an endpoint whose trouble is told over a channel of its own.</summary>
    private async Task<Trouble> GivenAsync(HttpReceiver receiver)
    {
        var channel = await WebhookAsync(receiver);
        var endpoint = await Given.EndpointAsync(e => e.RetrySchedule = []);
        await Given.SaveAsync(new EscalationPolicy
        {
            Id = Ids.New<EscalationPolicyId>(), ApplicationId = (await LaneAsync(endpoint)).ApplicationId, Name = "On call",
            Steps = [new EscalationStep(0, [channel.ToString()])], CreatedAt = Now, UpdatedAt = Now,
        });
        await Given.MessagesAsync(endpoint, 1);
        await RecordAsync(Answers.Status(500), (await ClaimAsync()).Deliveries);
        await Given.MessagesAsync(endpoint, 1);
        await RecordAsync(Answers.Ok, (await ClaimAsync()).Deliveries); // it is well again
        return new(endpoint, channel, receiver.Requests.Count);
    }

    /// <returns>Whether the process died.</returns>
    private async Task<bool> CutAsync(CrashingSql sql, Trouble trouble)
    {
        try
        {
            await LiveAsync(sql, trouble);
        }
        catch (TimeoutException) when (sql.HasDied)
        {
            // All that it had in memory is gone with it.
        }

        return sql.HasDied;
    }

    private async Task FinishAsync(Trouble trouble)
    {
        Clock.Advance(NotificationClaims.Lease);
        await LiveAsync(Sql, trouble);
    }

    /// <summary>A process from its start: what the loops of a worker do, and what a person does, in their order.</summary>
    private async Task LiveAsync(IWebhooksSql sql, Trouble trouble)
    {
        await using var node = NewNode(sql, ("PublicUrl", "https://webhooks.example.com"));
        await InAsync<IncidentKeeper>(node, keeper => keeper.RunAsync(Cancel));
        await InAsync<Escalator>(node, escalator => escalator.RunAsync(Cancel));
        await SendAllAsync(node, trouble.Channel);
        await InAsync<Acknowledgements>(node, async desk => await desk.AcknowledgeAsync(await LinkAsync(node, trouble), Cancel));
        await SendAllAsync(node, trouble.Channel);
        await DiscardAsync(sql, trouble);
        await InAsync<IncidentClosing>(node, closing => closing.RunAsync(Cancel));
        await SendAllAsync(node, trouble.Channel);
        await InAsync<LedgerAudit>(node, audit => audit.RunAsync(Cancel));
        Clock.Advance(TimeSpan.FromDays(2));
        await InAsync<LedgerSealer>(node, sealer => sealer.RunAsync(Cancel));
    }

    private async Task<string> LinkAsync(ServiceProvider node, Trouble trouble)
    {
        await using var db = NewContext();
        var incident = await db.Incidents.SingleAsync(i => i.EndpointId == trouble.Endpoint, Cancel);
        return node.GetRequiredService<AcknowledgementTokens>().Create(incident.Id, incident.Openings, trouble.Channel);
    }

    private async Task DiscardAsync(IWebhooksSql sql, Trouble trouble)
    {
        await using var db = NewContext();
        await using var transaction = await sql.BeginWriteAsync(db, Cancel);
        var letters = await db.DeadLetters.Where(d => d.EndpointId == trouble.Endpoint).Undecided().Select(d => d.DeliveryId).ToListAsync(Cancel);
        await db.DiscardAsync(letters, "Ada", "A test.", Now, Cancel);
        await transaction.CommitAsync(Cancel);
    }

    private async Task ShouldBeOverAsync(Trouble trouble, HttpReceiver receiver, bool mayHaveBeenToldTwice)
    {
        await using var db = NewContext();
        var incident = await db.Incidents.SingleAsync(i => i.EndpointId == trouble.Endpoint, Cancel);
        (incident.State, incident.Openings, incident.EscalatesAt).ShouldBe((IncidentState.Resolved, 1, null));
        var letter = await db.DeadLetters.SingleAsync(d => d.EndpointId == trouble.Endpoint, Cancel);
        (letter.IncidentId, letter.State).ShouldBe((incident.Id, DeadLetterState.Discarded));

        var notices = await db.Notifications.Where(n => n.IncidentId == incident.Id).OrderBy(n => n.Id).ToListAsync(Cancel);
        notices.ConvertAll(n => n.Reason).ShouldBe(Told, ignoreOrder: false, "each of it once");
        notices.ShouldAllBe(n => n.State == NotificationState.Sent);
        var messages = receiver.Requests.Skip(trouble.ToldBefore).Select(told => told.Headers["webhook-id"]).ToList();
        messages.Distinct().ShouldBe(notices.Select(n => n.Id.ToString()), ignoreOrder: false);
        messages.Count.ShouldBeLessThanOrEqualTo(notices.Sum(n => n.Attempts), "what came again is on record as tried again");
        messages.Count.ShouldBeLessThanOrEqualTo(Told.Length + (mayHaveBeenToldTwice ? 1 : 0));

        (await db.LedgerHours.Where(h => h.EndpointId == trouble.Endpoint).SumAsync(h => h.Counts.Discarded, Cancel)).ShouldBe(1);
        (await db.LedgerHours.ToListAsync(Cancel)).ShouldAllBe(h => h.Residue == 0 && h.SettledAt != null);
        await using var node = NewNode();
        await InAsync<LedgerVerifier>(node, async books => (await books.FindFaultsAsync(Cancel).ToListAsync(Cancel)).ShouldBeEmpty());
    }

    private static async Task InAsync<TWork>(ServiceProvider node, Func<TWork, Task> work) where TWork : notnull
    {
        await using var scope = node.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<TWork>());
    }

    private sealed record Trouble(EndpointId Endpoint, ChannelId Channel, int ToldBefore);
}
