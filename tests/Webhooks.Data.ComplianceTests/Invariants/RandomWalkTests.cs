using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Webhooks.Core.Audit;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Ledger;
using Webhooks.Core.Messages;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Core.Outbox;
using Webhooks.Core.Retention;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Invariants;

/// <summary>Thousands of operations in random order; after each few of them the books must balance, and in the end nothing is left over.</summary>
public abstract class RandomWalkTests(Store store) : StoreTests(store)
{
    private const int Steps = 1_200;
    private const int LetThrough = 5;

    private static readonly string[] Types = ["a", "b", "c"];
    private static readonly string?[] Keys = ["x", "y", "z", null];

    private readonly List<ApplicationId> _applications = [];
    private readonly Dictionary<EndpointId, (ApplicationId Application, string[]? Types, bool IsFiltered)> _endpoints = [];
    private readonly HashSet<(MessageId Message, EndpointId Endpoint, int Replay)> _accepted = [];
    private readonly HashSet<(MessageId Message, EndpointId Endpoint)> _filtered = [];
    private readonly Dictionary<DeliveryId, (ClaimedDelivery Delivery, DateTimeOffset Until)> _leased = [];
    private readonly List<ClaimedDelivery> _over = [];
    private readonly KeyOrder _order = new();
    private readonly IOptions<RetentionOptions> _retention = Options.Create(new RetentionOptions());
    private Random _random = new(0);

    [Theory]
    [InlineData(1)]
    public async Task Walk_AnyOutcomes_BooksBalanceAndNothingIsLeftOnItsWay(int seed)
    {
        await WalkAsync(seed, AnyResult);

        await DrainAsync();
        await LedgerShouldBalanceAsync();

        var states = await Db.Deliveries.Select(d => d.State).Distinct().ToListAsync(Cancel);
        states.ShouldBeSubsetOf(
            [DeliveryState.Delivered, DeliveryState.Dead, DeliveryState.Held, DeliveryState.Filtered, DeliveryState.Canceled]);
    }

    [Theory]
    [InlineData(11)]
    public async Task Walk_ReceiverAlwaysSucceeds_EverythingIsDeliveredButWhatPolicyHolds(int seed)
    {
        await WalkAsync(seed, () => Answers.Ok);

        await DrainAsync();
        await LedgerShouldBalanceAsync();

        var others = await Db.Deliveries
            .Where(d => d.State != DeliveryState.Delivered && d.State != DeliveryState.Filtered).ToListAsync(Cancel);

        // Lost workers, where the policy is "hold" or "dead letter"; what was held and sent again is canceled.
        others.Select(d => d.State).ShouldBeSubsetOf([DeliveryState.Held, DeliveryState.Dead, DeliveryState.Canceled]);
        others.ShouldAllBe(d => d.LastOutcome == AttemptOutcome.Unknown);
    }

    private async Task WalkAsync(int seed, Func<AttemptResult> result)
    {
        _random = new Random(seed);
        await GivenLanesOfEveryKindAsync();
        for (var step = 0; step < Steps; step++)
        {
            await StepAsync(result);
            if (step % 20 == 0)
                await BooksShouldBalanceAsync();
        }
    }

    private Task StepAsync(Func<AttemptResult> result) => _random.Next(100) switch
    {
        < 20 => PublishAsync(),
        < 50 => ClaimSomeAsync(_random.Next(1, 30)),
        < 75 => RecordSomeAsync(result),
        < 78 => RecordTooLateAsync(),
        < 83 => SweepAsync(),
        < 86 => Given.HoldAsync(AnyEndpoint()),
        < 90 => Given.ResumeAsync(AnyEndpoint()),
        < 92 => Given.PauseAsync(AnyEndpoint(), TimeSpan.FromSeconds(_random.Next(20))),
        92 => Given.RetuneAsync(AnyEndpoint(), _random.Next(1, 11)),
        93 when _random.Next(2) == 0 => Given.PaceAsync(AnyEndpoint(), _random.Next(1, 50)),
        93 => Given.OrderAsync(AnyEndpoint(), ordered: _random.Next(4) > 0),
        94 => ResendAsync(),
        95 => AuditAsync(),
        < 98 => AdvanceAsync(TimeSpan.FromMilliseconds(_random.Next(2_000))),
        _ => AdvanceAsync(TimeSpan.FromMinutes(_random.Next(60))),
    };

    private async Task GivenLanesOfEveryKindAsync()
    {
        await Given.EndpointAsync(OperationalApplication.Id);
        foreach (var rate in new int?[] { null, 20 })
        {
            var application = await Given.ApplicationAsync(a => a.ThrottleRate = rate);
            _applications.Add(application);
            await AddAsync(application, _ => { });
            await AddAsync(application, e => e.MaxInFlight = 1);
            await AddAsync(application, e => (e.EventTypes, e.MaxInFlight) = (["a"], 3));
            await AddAsync(application, e => (e.EventTypes, e.ThrottleRate) = (["b", "c"], 7));
            await AddAsync(application, e => e.RetrySchedule = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)]);
            await AddAsync(application, e => (e.EventTypes, e.UnknownOutcomePolicy) = (["c"], UnknownOutcomePolicy.Hold));
            await AddAsync(application, e => (e.EventTypes, e.UnknownOutcomePolicy) = (["b"], UnknownOutcomePolicy.DeadLetter));
            await AddAsync(application, e => (e.Ordered, e.ParkAfter) = (true, 2));
            await AddAsync(application, e => (e.Ordered, e.EventTypes, e.UnknownOutcomePolicy) = (true, ["a"], UnknownOutcomePolicy.Hold));
            await AddAsync(application, e => (e.EventTypes, e.Filter) = (["a", "b"], $$"""{"path":"$.n","lt":{{LetThrough}}}"""));
        }
    }

    private async Task AddAsync(ApplicationId application, Action<Endpoint> with)
    {
        (string[]? types, var isFiltered) = (null, false);
        var endpoint = await Given.EndpointAsync(application, e =>
        {
            with(e);
            (types, isFiltered) = (e.EventTypes?.ToArray(), e.Filter is not null);
        });
        _endpoints[endpoint] = (application, types, isFiltered);
    }

    private async Task PublishAsync()
    {
        var numbers = Enumerable.Range(0, _random.Next(1, 6)).Select(_ => _random.Next(2 * LetThrough)).ToList();
        var batch = numbers.ConvertAll(
            n => Given.Event(
                Any(_applications), Any(Types), payload: Encoding.UTF8.GetBytes($$"""{"n":{{n}}}"""), orderingKey: Any(Keys)));
        var results = await Writer.CommitAsync(batch);
        foreach (var (request, result, n) in batch.Zip(results, numbers))
        {
            result.Status.ShouldBe(PublishStatus.Accepted);
            foreach (var (endpoint, wants) in _endpoints)
            {
                if (wants.Application.ToString() != request.Application || wants.Types?.Contains(request.EventType) == false)
                    continue;

                _accepted.Add((result.MessageId, endpoint, 0));
                if (wants.IsFiltered && n >= LetThrough)
                    _filtered.Add((result.MessageId, endpoint));
            }
        }
    }

    private async Task ResendAsync()
    {
        if (_accepted.Count == 0)
            return;

        var (message, endpoint, _) = _accepted.ElementAt(_random.Next(_accepted.Count));
        await Given.ResendAsync(message, endpoint);
        _accepted.Add((message, endpoint, _accepted.Count(row => row.Message == message && row.Endpoint == endpoint)));
    }

    private async Task<int> ClaimSomeAsync(int maxDeliveries)
    {
        var claim = await ClaimAsync(maxDeliveries);
        claim.Deliveries.Count.ShouldBeLessThanOrEqualTo(maxDeliveries);
        foreach (var delivery in claim.Deliveries)
        {
            _leased.TryAdd(delivery.Request.DeliveryId, (delivery, Now + Lease)).ShouldBeTrue("a row under lease was claimed again");
            _order.Claimed(delivery);
        }

        return claim.Deliveries.Count;
    }

    private async Task RecordSomeAsync(Func<AttemptResult> result)
    {
        var some = _leased.Values.Where(_ => _random.Next(3) > 0).Select(lease => lease.Delivery).ToList();
        var written = await Sql.RecordAsync([.. some.Select(delivery => Given.Record(delivery, result(), _random.NextDouble()))], Now, Cancel);
        written.ShouldAllBe(recorded => recorded);
        some.ForEach(delivery => _leased.Remove(delivery.Request.DeliveryId));
        _over.AddRange(some);
    }

    private async Task RecordTooLateAsync()
    {
        var written = await RecordAsync(AnyResult(), _over.TakeLast(20).Where(_ => _random.Next(2) == 0));
        written.ShouldAllBe(recorded => !recorded);
    }

    private async Task SweepAsync()
    {
        var lost = _leased.Values.Where(lease => lease.Until <= Now).Select(lease => lease.Delivery).ToList();
        await using var db = NewContext();
        var sweep = new LeaseSweep(db, Recorder, Ids, Clock, Options.Create(Given.Options), NullLogger<LeaseSweep>.Instance);
        (await sweep.SweepExpiredAsync(Cancel)).ShouldBe(lost.Count);
        lost.ForEach(delivery => _leased.Remove(delivery.Request.DeliveryId));
        _over.AddRange(lost);
    }

    private async Task AuditAsync()
    {
        await using var db = NewContext();
        await new LedgerBooking(db, Sql, Ids, Clock).RunAsync(Cancel);
        await new LedgerCount(db, Sql, Clock, _retention).RunAsync(Cancel);
        await new LedgerRecount(db, Sql, Clock, _retention).RunAsync(Cancel);
        (await db.Unbalanced().AnyAsync(Cancel)).ShouldBeFalse("the ledger does not balance in the middle of it all");
    }

    /// <summary>All that came is in the ledger, what was filtered too; it comes out even, and can be sealed.</summary>
    private async Task LedgerShouldBalanceAsync()
    {
        await AuditAsync();
        var total = LedgerTotals.ToOut(await LedgerTotals.Of(Db.LedgerHours).ToListAsync(Cancel));
        (total.Accepted, total.Filtered.ContentFilter, total.NotCountedYet, total.Residue)
            .ShouldBe((_accepted.Count - _filtered.Count, _filtered.Count, 0, 0));

        Clock.Advance(TimeSpan.FromDays(2));
        await using var db = NewContext();
        var digest = new LedgerDigest(db);
        await new LedgerSealer(
            db, Sql, new LedgerBooking(db, Sql, Ids, Clock), digest, new AuditTrail(db, Ids, Clock), Clock,
            NullLogger<LedgerSealer>.Instance).RunAsync(Cancel);
        (await new LedgerVerifier(db, digest, new LedgerRows(db, Clock, _retention), Clock, _retention)
            .FindFaultsAsync(Cancel).ToListAsync(Cancel)).ShouldBeEmpty();
    }

    private Task AdvanceAsync(TimeSpan time)
    {
        Clock.Advance(time);
        return Task.CompletedTask;
    }

    /// <summary>All lanes are resumed, every receiver answers 200, and time goes on as the lanes ask for it.</summary>
    private async Task DrainAsync()
    {
        foreach (var endpoint in _endpoints.Keys)
            await Given.ResumeAsync(endpoint);
        for (var left = 20_000; left > 0; left--)
        {
            var claimed = await ClaimSomeAsync(100);
            await RecordSomeAsync(() => Answers.Ok);
            if (claimed > 0)
                continue;
            var next = await Db.Lanes.MinAsync(lane => lane.ReadyAt, Cancel);
            if (next is null && _leased.Count == 0)
                break;
            if (next > Now)
                Clock.SetUtcNow(next.Value);
        }

        await BooksShouldBalanceAsync();
    }

    private async Task BooksShouldBalanceAsync()
    {
        await using var db = NewContext();
        await new Books(db, Now).ShouldBalanceAsync(_accepted, Cancel);
        var filtered = await db.Deliveries.Where(d => d.State == DeliveryState.Filtered)
            .Select(d => new { d.MessageId, d.EndpointId }).ToListAsync(Cancel);
        _filtered.SetEquals(filtered.Select(d => (d.MessageId, d.EndpointId))).ShouldBeTrue("the filters said something else");
    }

    private AttemptResult AnyResult() => _random.Next(20) switch
    {
        < 10 => Answers.Ok,
        < 12 => Answers.Status(500),
        12 => Answers.Status(503),
        13 => Answers.Status(429, TimeSpan.FromSeconds(_random.Next(30))),
        14 => Answers.NotSent,
        15 => Answers.Unknown,
        16 => Answers.Shutdown,
        17 => Answers.Unknown with { OurFault = true },
        18 => new AttemptResult { Outcome = null, CircuitOpenFor = TimeSpan.FromSeconds(30) },
        _ => _random.Next(5) == 0 ? Answers.Status(410) : Answers.Ok,
    };

    private EndpointId AnyEndpoint() => Any(_endpoints.Keys.ToList());

    private T Any<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
