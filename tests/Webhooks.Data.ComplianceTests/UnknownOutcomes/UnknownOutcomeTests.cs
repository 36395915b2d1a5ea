using Microsoft.EntityFrameworkCore;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.UnknownOutcomes;
using Webhooks.Data.ComplianceTests.DeadLetters;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.UnknownOutcomes;

/// <summary>Which deliveries were once unknown to have arrived, and what followed: each once, under one word.</summary>
public abstract class UnknownOutcomeTests(Store store) : DeadLetterTests(store)
{
    private static readonly UnknownOutcomeFilter All = new()
    {
        EndpointId = null, EventTypes = null, FollowedBy = null, Range = new TimeRange { Before = null, After = null },
    };

    [Fact]
    public async Task List_EveryFollowUp_IsUnderItsWordAlone()
    {
        var expected = await GivenEveryFollowUpAsync();

        var listed = await ListAsync(All);

        listed.ToDictionary(o => o.DeliveryId, o => o.FollowedBy).ShouldBe(expected, ignoreOrder: true);
        expected.Values.ShouldBe(Enum.GetValues<UnknownOutcomeFollowUp>(), ignoreOrder: true);
        foreach (var (delivery, followUp) in expected)
            (await ListAsync(All with { FollowedBy = followUp })).Select(o => o.DeliveryId).ShouldBe([delivery], $"{followUp}");
    }

    [Fact]
    public async Task Count_EveryFollowUp_IsCountedOnce()
    {
        await AttemptedAsync(await EndpointAsync(), 2, Answers.Status(400)); // nothing unknown about these
        await GivenEveryFollowUpAsync();

        var counts = UnknownOutcomeCountOut.Of(await Db.UnknownOutcomes(All, null, null).Count().ToListAsync(Cancel));

        counts.ShouldBe(new UnknownOutcomeCountOut
        {
            Total = 9, OnItsWay = 1, Delivered = 1, Receipt = 1, Arrived = 1, Replayed = 1, Discarded = 1, Held = 1, Dead = 1, Canceled = 1,
        });
    }

    [Fact]
    public async Task List_SeveralUnknownAttempts_IsTheLastOfThem()
    {
        var endpoint = await Given.EndpointAsync();
        await AttemptedAsync(endpoint, 1, Answers.Unknown);
        Clock.Advance(TimeSpan.FromHours(1));
        await RecordAsync(Answers.Unknown, (await ClaimAsync()).Deliveries);

        var outcome = (await ListAsync(All)).Single();

        (outcome.Number, outcome.UnknownAttempts, outcome.MayBeDuplicate, outcome.FollowedBy)
            .ShouldBe((2, 2, true, UnknownOutcomeFollowUp.OnItsWay));
        outcome.NextAttempt.ShouldNotBeNull();
    }

    [Fact]
    public async Task List_Filtered_ShowsThoseAlone()
    {
        var (first, second) = (await AtMostOnceAsync(), await AtMostOnceAsync());
        await AttemptedAsync(first, 1, Answers.Unknown);
        var between = Now;
        Clock.Advance(TimeSpan.FromHours(1));
        await AttemptedAsync(second, 1, Answers.Unknown);
        var application = (await LaneAsync(second)).ApplicationId;

        (await ListAsync(All)).Select(o => o.EndpointId).ShouldBe([second, first]);
        (await ListAsync(All, endpoints: [first])).Select(o => o.EndpointId).ShouldBe([first]);
        (await ListAsync(All, application)).Select(o => (o.EndpointId, o.ApplicationId)).ShouldBe([(second, application)]);
        (await ListAsync(All with { Range = new TimeRange { Before = null, After = between } })).Single().EndpointId.ShouldBe(second);
        (await ListAsync(All with { Range = new TimeRange { Before = Now, After = null } })).Single().EndpointId.ShouldBe(first);
        (await ListAsync(All with { EventTypes = ["invoice.voided"] })).ShouldBeEmpty();
        (await ListAsync(All with { EventTypes = [Given.EventType] })).Count.ShouldBe(2);
    }

    /// <summary>A delivery for each thing that can follow.</summary>
    private async Task<Dictionary<DeliveryId, UnknownOutcomeFollowUp>> GivenEveryFollowUpAsync()
    {
        var expected = new Dictionary<DeliveryId, UnknownOutcomeFollowUp>();
        await AddAsync(UnknownOutcomeFollowUp.Held, UnknownOutcomePolicy.Hold);
        await AddAsync(UnknownOutcomeFollowUp.Dead, UnknownOutcomePolicy.DeadLetter);
        await AddAsync(UnknownOutcomeFollowUp.Arrived, UnknownOutcomePolicy.Hold, (id, _) => ArriveAsync(id));
        await AddAsync(UnknownOutcomeFollowUp.Discarded, UnknownOutcomePolicy.Hold, (id, _) => DiscardAsync(id));
        await AddAsync(UnknownOutcomeFollowUp.Canceled, UnknownOutcomePolicy.Resend, (id, _) => Given.WriteAsync(db =>
            db.Deliveries.Where(d => d.Id == id).CancelAsync(Now, Cancel)));
        await AddAsync(UnknownOutcomeFollowUp.Delivered, UnknownOutcomePolicy.Resend, (_, endpoint) => NextAsync(endpoint, Answers.Ok));
        await AddAsync(UnknownOutcomeFollowUp.Receipt, UnknownOutcomePolicy.Resend, (_, endpoint) => NextAsync(endpoint, Answers.Received));
        await AddAsync(UnknownOutcomeFollowUp.OnItsWay, UnknownOutcomePolicy.Resend);
        await AddAsync(UnknownOutcomeFollowUp.Replayed, UnknownOutcomePolicy.DeadLetter, (id, _) => ReplayAsync(id));
        return expected;

        async Task AddAsync(UnknownOutcomeFollowUp followUp, UnknownOutcomePolicy policy, Func<DeliveryId, EndpointId, Task>? follow = null)
        {
            var endpoint = await Given.EndpointAsync(e => e.UnknownOutcomePolicy = policy);
            await AttemptedAsync(endpoint, 1, Answers.Unknown);
            var id = await Db.Deliveries.Where(d => d.EndpointId == endpoint).Select(d => d.Id).SingleAsync(Cancel);
            expected.Add(id, followUp);
            if (follow is not null)
                await follow(id, endpoint);
        }
    }

    private Task<EndpointId> AtMostOnceAsync() => Given.EndpointAsync(e => e.UnknownOutcomePolicy = UnknownOutcomePolicy.DeadLetter);

    private async Task NextAsync(EndpointId endpoint, AttemptResult result)
    {
        Clock.Advance(TimeSpan.FromHours(1));
        await RecordAsync(result, (await ClaimAsync()).Deliveries.Where(d => d.Request.EndpointId == endpoint));
    }

    private Task<List<UnknownOutcomeOut>> ListAsync(
        UnknownOutcomeFilter filter, ApplicationId? application = null, IReadOnlyList<EndpointId>? endpoints = null) =>
        Db.UnknownOutcomes(filter, application, endpoints).OrderByDescending(o => o.Attempt.Id).ToOut(Db).ToListAsync(Cancel);
}
