using System.Text;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Deliveries;

/// <summary>Commit 2: what a claim leases, and what it says about it.</summary>
public abstract class ClaimTests(Store store) : StoreTests(store)
{
    [Fact]
    public async Task Claim_NothingPublished_IsEmpty()
    {
        await Given.EndpointAsync();

        var claim = await ClaimAsync();

        claim.Deliveries.ShouldBeEmpty();
        claim.NextReadyAt.ShouldBeNull();
    }

    [Fact]
    public async Task Claim_DueDelivery_LeaseIsOnRecord()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);
        var request = Claiming(node: "node-7");

        await Sql.ClaimAsync(request, Cancel);

        var delivery = await Db.Deliveries.SingleAsync(Cancel);
        (delivery.State, delivery.Attempts, delivery.LeasedUntil, delivery.LeasedBy)
            .ShouldBe((DeliveryState.Sending, 1, request.LeasedUntil, "node-7"));
        delivery.LeaseToken.ShouldBe(request.LeaseToken);
    }

    [Fact]
    public async Task Claim_DueDelivery_CarriesAllThatSendingNeeds()
    {
        var application = await Given.ApplicationAsync();
        var endpoint = await Given.EndpointAsync(application, e => (e.Url, e.ProtectedHeaders) = ("https://example.com/x", [1, 2]));
        var published = await Writer.PublishAsync(
            Given.Event(application, payload: "{\"a\":1}"u8.ToArray()) with { TraceParent = "00-1-2-01" }, Cancel);

        var request = (await ClaimAsync()).Deliveries.Single().Request;

        (request.MessageId, request.EndpointId, request.Url).ShouldBe((published.MessageId, endpoint, "https://example.com/x"));
        (request.Number, request.PriorOutcome, request.Sequence, request.TraceParent).ShouldBe((1, null, 1, "00-1-2-01"));
        request.Payload.ToArray().ShouldBe("{\"a\":1}"u8.ToArray());
        request.ProtectedHeaders.ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Claim_PublishedWithARawPayload_CarriesThatInThePayloadsPlace()
    {
        var application = await Given.ApplicationAsync();
        await Given.EndpointAsync(application);
        await Writer.PublishAsync(
            Given.Event(application, payload: "{\"a\":1}"u8.ToArray()) with { RawPayload = "<a/>"u8.ToArray() }, Cancel);

        var request = (await ClaimAsync()).Deliveries.Single().Request;

        request.Payload.ToArray().ShouldBe("<a/>"u8.ToArray());
    }

    [Fact]
    public async Task Claim_Resend_CarriesTheOutcomeOfWhatItRepeats()
    {
        var endpoint = await Given.EndpointAsync();
        var message = (await Given.MessagesAsync(endpoint, 1)).Single();
        var first = (await ClaimAsync()).Deliveries.Single();
        await Sql.RecordAsync([Given.Record(first, new AttemptResult { Outcome = AttemptOutcome.Delivered })], Now, Cancel);

        await Given.ResendAsync(message, endpoint);

        var request = (await ClaimAsync()).Deliveries.Single().Request;
        (request.Number, request.PriorOutcome).ShouldBe((1, AttemptOutcome.Delivered));
    }

    [Fact]
    public async Task Claim_EndpointHasItsOwnPolicy_CarriesIt()
    {
        var endpoint = await Given.EndpointAsync(e =>
            (e.RetrySchedule, e.UnknownOutcomePolicy, e.MaxInFlight) = ([TimeSpan.FromSeconds(7)], UnknownOutcomePolicy.Hold, 3));
        await Given.MessagesAsync(endpoint, 1);

        var policy = (await ClaimAsync()).Deliveries.Single().Policy;

        policy.Schedule.ShouldBe([TimeSpan.FromSeconds(7)]);
        (policy.OnUnknown, policy.MaxInFlight).ShouldBe((UnknownOutcomePolicy.Hold, 3));
    }

    [Fact]
    public async Task Claim_EndpointHasNoPolicyOfItsOwn_CarriesTheDeploymentsCap()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);

        var policy = (await ClaimAsync()).Deliveries.Single().Policy;

        policy.ShouldBe(new RetryPolicy(null, UnknownOutcomePolicy.Resend, Given.Options.MaxInFlightPerEndpoint));
    }

    [Fact]
    public async Task Claim_EndpointHasItsOwnTimeoutAndOrder_CarriesThem()
    {
        var endpoint = await Given.EndpointAsync(e =>
            (e.AttemptTimeout, e.Ordered, e.ParkAfter, e.ReceiptUrl) = (TimeSpan.FromSeconds(3), true, 4, "https://example.com/receipt"));
        await Given.KeyedMessagesAsync(endpoint, "a");

        var claimed = (await ClaimAsync()).Deliveries.Single();

        (claimed.Request.Timeout, claimed.OrderingKey, claimed.Policy.ParkAfter, claimed.Policy.ReceiptUrl)
            .ShouldBe((TimeSpan.FromSeconds(3), "a", 4, "https://example.com/receipt"));
    }

    [Fact]
    public async Task Claim_SecondAttempt_CarriesNumberCountsAndPriorOutcome()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);
        await RecordAsync(Answers.Status(500), (await ClaimAsync()).Deliveries);
        Clock.Advance(TimeSpan.FromSeconds(5));

        var second = (await ClaimAsync()).Deliveries.Single();

        (second.Request.Number, second.Request.PriorOutcome).ShouldBe((2, AttemptOutcome.Rejected));
        (second.Failures, second.OwnFaults).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Claim_SecretsDuringRotation_LiveOnesNewestFirst()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.SaveAsync(Given.Secret(endpoint, "expired", expiresAt: Now));
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Given.SaveAsync(Given.Secret(endpoint, "old", expiresAt: Now.AddHours(24)));
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Given.SaveAsync(Given.Secret(endpoint, "new"));
        await Given.MessagesAsync(endpoint, 1);

        var secrets = (await ClaimAsync()).Deliveries.Single().Request.ProtectedSecrets;

        secrets.Select(Encoding.UTF8.GetString).ShouldBe(["new", "old", "secret"]);
    }

    [Fact]
    public async Task Claim_PayloadWasRemoved_SaysSo()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 1);
        await Given.WriteAsync(db => db.MessagePayloads.ExecuteDeleteAsync(Cancel));

        var claim = await ClaimAsync();

        claim.Deliveries.Single().PayloadGone.ShouldBeTrue();
    }

    [Fact]
    public async Task Claim_RowDueLater_IsLeftAndLaneIsReadyThen()
    {
        var endpoint = await Given.EndpointAsync();
        await Given.MessagesAsync(endpoint, 1);
        await RecordAsync(Answers.NotSent, (await ClaimAsync()).Deliveries);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Given.MessagesAsync(endpoint, 1);

        var claim = await ClaimAsync();

        claim.Deliveries.Single().Request.Sequence.ShouldBe(2);
        claim.NextReadyAt.ShouldBe(Now.AddSeconds(4));
        (await LaneAsync(endpoint)).ReadyAt.ShouldBe(Now.AddSeconds(4));
    }

    [Fact]
    public async Task Claim_RowsDueAtDifferentTimes_TakesThemInOrderOfDueTime()
    {
        var endpoint = await Given.EndpointAsync();
        var application = (await LaneAsync(endpoint)).ApplicationId;
        for (var i = 0; i < 5; i++)
            await Given.MessageAsync(application);
        await Given.WriteAsync(db => db.Deliveries.ExecuteUpdateAsync(
            row => row.SetProperty(d => d.DueAt, d => d.Sequence % 2 == 0 ? Now.AddSeconds(-9) : Now.AddSeconds(-5)), Cancel));

        var claim = await ClaimAsync();

        claim.Deliveries.Select(d => d.Request.Sequence).ShouldBe([2, 4, 1, 3, 5]);
    }

    [Fact]
    public async Task Claim_NodeHasRoomForFew_TakesNoMore()
    {
        await Given.MessagesAsync(await Given.EndpointAsync(), 10);
        await Given.MessagesAsync(await Given.EndpointAsync(), 10);

        var claim = await ClaimAsync(maxDeliveries: 13);

        claim.Deliveries.Count.ShouldBe(13);
        claim.NextReadyAt.ShouldBe(Now);
    }

    [Fact]
    public async Task Claim_PayloadsOverBudget_TakesWhatFitsAndLaneStaysReady()
    {
        var endpoint = await GivenPayloadsAsync(100, 100, 100);

        var claim = await Sql.ClaimAsync(Claiming() with { MaxPayloadBytes = 299 }, Cancel);

        (claim.Deliveries.Count, claim.OutOfBytes, claim.NextReadyAt).ShouldBe((2, true, Now));
        var lane = await LaneAsync(endpoint);
        (lane.ReadyAt, lane.Saturated, lane.InFlight).ShouldBe((Now, false, 2));
    }

    [Fact]
    public async Task Claim_PayloadsFitBudgetExactly_TakesAll()
    {
        await GivenPayloadsAsync(100, 100, 100);

        var claim = await Sql.ClaimAsync(Claiming() with { MaxPayloadBytes = 300 }, Cancel);

        (claim.Deliveries.Count, claim.OutOfBytes).ShouldBe((3, false));
    }

    [Fact]
    public async Task Claim_FirstMayExceed_TakesOneOverBudgetAndNoMore()
    {
        await GivenPayloadsAsync(100, 100);

        var claim = await Sql.ClaimAsync(Claiming() with { MaxPayloadBytes = 50, FirstMayExceed = true }, Cancel);

        (claim.Deliveries.Count, claim.OutOfBytes).ShouldBe((1, true));
    }

    [Fact]
    public async Task Claim_NothingFits_LaneKeepsItsTurn()
    {
        var endpoint = await GivenPayloadsAsync(100);
        var readyAt = Now;
        Clock.Advance(TimeSpan.FromSeconds(1));

        var claim = await Sql.ClaimAsync(Claiming() with { MaxPayloadBytes = 99 }, Cancel);

        (claim.Deliveries.Count, claim.OutOfBytes).ShouldBe((0, true));
        (await LaneAsync(endpoint)).ReadyAt.ShouldBe(readyAt);
    }

    [Fact]
    public async Task Claim_OneLanesPayloadDoesNotFit_SmallerOnesOfOthersGoOut()
    {
        await GivenPayloadsAsync(100);
        Clock.Advance(TimeSpan.FromSeconds(1));
        var small = await GivenPayloadsAsync(10);

        var claim = await Sql.ClaimAsync(Claiming() with { MaxPayloadBytes = 50 }, Cancel);

        claim.Deliveries.ShouldHaveSingleItem().Request.EndpointId.ShouldBe(small);
        claim.OutOfBytes.ShouldBeTrue();
    }

    [Fact]
    public async Task Claim_PayloadIsGone_CountsNothing()
    {
        await GivenPayloadsAsync(100);
        await Given.WriteAsync(db => db.MessagePayloads.ExecuteDeleteAsync(Cancel));

        var claim = await Sql.ClaimAsync(Claiming() with { MaxPayloadBytes = 0 }, Cancel);

        claim.Deliveries.Count.ShouldBe(1);
    }

    private async Task<EndpointId> GivenPayloadsAsync(params int[] lengths)
    {
        var endpoint = await Given.EndpointAsync();
        var application = (await LaneAsync(endpoint)).ApplicationId;
        await Writer.CommitAsync([.. lengths.Select(length => Given.Event(application, payload: new byte[length]))]);
        return endpoint;
    }

    [Fact]
    public async Task Claim_ManyTasksAtOnce_NoRowIsLeasedTwice()
    {
        for (var i = 0; i < 20; i++)
            await Given.MessagesAsync(await Given.EndpointAsync(e => e.MaxInFlight = 100), 50);

        var claims = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(ClaimUntilEmptyAsync, Cancel)));

        var leased = claims.SelectMany(deliveries => deliveries).Select(delivery => delivery.Request.DeliveryId).ToList();
        leased.Count.ShouldBe(20 * 50);
        leased.ShouldBeUnique();
    }

    private async Task<List<ClaimedDelivery>> ClaimUntilEmptyAsync()
    {
        var all = new List<ClaimedDelivery>();
        while ((await ClaimAsync(maxDeliveries: 17)).Deliveries is { Count: > 0 } some)
            all.AddRange(some);
        return all;
    }
}
