using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Retention;

/// <summary>Hundreds of steps in random order over months; what each run of retention leaves is what a naive model leaves.</summary>
public abstract class RetentionWalkTests(Store store) : RetentionTests(store)
{
    private const int Steps = 300;

    private readonly Dictionary<EndpointId, ApplicationId> _endpoints = [];
    private int _removed;
    private Random _random = new(0);

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3)]
    public async Task Walk_AnyHistory_LeavesWhatTheModelLeaves(int seed)
    {
        _random = new Random(seed);
        await GivenEndpointsAsync();

        for (var step = 0; step < Steps; step++)
            await StepAsync();

        // That it removed much, not how much: ids and jitter are not of the seed, so no two walks remove the same number.
        _removed.ShouldBeGreaterThan(100);
        (await Db.Messages.CountAsync(Cancel)).ShouldBeGreaterThan(0);
    }

    private Task StepAsync() => _random.Next(100) switch
    {
        < 25 => PublishAsync(),
        < 55 => DeliverAsync(),
        < 60 => ResendAsync(),
        < 65 => SweepAsync(),
        < 68 => Given.HoldAsync(AnyEndpoint()),
        < 74 => Given.ResumeAsync(AnyEndpoint()),
        74 => DeleteEndpointAsync(),
        < 85 => AdvanceAsync(TimeSpan.FromMinutes(_random.Next(60 * 24 * 7))),
        < 88 => RemoveAsync(RemovePayloadsAsync, rows => rows.WithoutPayloads(Now)),
        < 91 => RemoveAsync(RemoveAttemptsAsync, rows => rows.WithoutAttempts(Now, Periods)),
        < 97 => RemoveAsync(RemoveMessagesAsync, rows => rows.WithoutMessages(Now, Periods)),
        _ => RemoveAsync(_ => RemoveEndpointsAsync(), rows => rows.WithoutEndpoints(Now, Periods)),
    };

    private async Task RemoveAsync(Func<IWebhooksSql?, Task> run, Func<NaiveRetention, NaiveRetention> model)
    {
        await CleanEndpointsAsync();
        var before = await NaiveRetention.ReadAsync(Db, Cancel);

        await run(null);

        var after = await NaiveRetention.ReadAsync(Db, Cancel);
        after.Rows().ShouldBe(model(before).Rows(), ignoreOrder: true);
        _removed += before.Rows().Count() - after.Rows().Count();
    }

    private async Task GivenEndpointsAsync()
    {
        for (var i = 0; i < 2; i++)
        {
            var application = await Given.ApplicationAsync();
            await AddAsync(application, _ => { });
            await AddAsync(application, e => e.RetrySchedule = []);
            await AddAsync(application, e => e.RetrySchedule = [TimeSpan.FromDays(7)]);
            await AddAsync(application, e => e.UnknownOutcomePolicy = UnknownOutcomePolicy.Hold);
            await AddAsync(application, e => (e.Ordered, e.ParkAfter) = (true, 1));
            await AddAsync(application, e => (e.Filter, e.RetrySchedule) = ("""{"path":"$.n","lt":5}""", []));
        }
    }

    private async Task AddAsync(ApplicationId application, Action<Endpoint> with) =>
        _endpoints.Add(await Given.EndpointAsync(application, e =>
        {
            e.MaxInFlight = 50;
            with(e);
        }), application);

    private async Task PublishAsync()
    {
        var batch = Enumerable.Range(0, _random.Next(1, 9)).Select(n => Given.Event(
            Any(_endpoints.Values.ToList()), payload: Encoding.UTF8.GetBytes($$"""{"n":{{_random.Next(10)}}}"""),
            orderingKey: Any<string?>(["x", "y", null])) with
        {
            PayloadRetention = _random.Next(5, 91) * Day,
        });
        await Writer.CommitAsync([.. batch]);
    }

    // Now and then a worker is lost with what it claimed.
    private async Task DeliverAsync()
    {
        var claimed = (await ClaimAsync(_random.Next(1, 60))).Deliveries.Where(_ => _random.Next(10) > 0);
        await Sql.RecordAsync([.. claimed.Select(delivery => Given.Record(delivery, AnyResult()))], Now, Cancel);
    }

    private async Task ResendAsync()
    {
        var live = _endpoints.Keys.ToList();
        var sent = await Db.Deliveries
            .Where(d => live.Contains(d.EndpointId) && Db.MessagePayloads.Any(p => p.MessageId == d.MessageId))
            .Select(d => new { d.MessageId, d.EndpointId }).ToListAsync(Cancel);
        if (sent.Count == 0)
            return;

        var any = Any(sent);
        await Given.ResendAsync(any.MessageId, any.EndpointId);
    }

    private async Task SweepAsync()
    {
        await using var db = NewContext();
        await new LeaseSweep(db, Recorder, Ids, Clock, Options.Create(Given.Options), NullLogger<LeaseSweep>.Instance)
            .SweepExpiredAsync(Cancel);
    }

    private async Task DeleteEndpointAsync()
    {
        if (_endpoints.Count < 8)
            return;

        var endpoint = AnyEndpoint();
        _endpoints.Remove(endpoint);
        await DeleteAsync(endpoint);
    }

    private Task AdvanceAsync(TimeSpan time)
    {
        Clock.Advance(time);
        return Task.CompletedTask;
    }

    private AttemptResult AnyResult() => _random.Next(10) switch
    {
        < 5 => Answers.Ok,
        < 8 => Answers.Status(500),
        8 => Answers.Unknown,
        _ => Answers.NotSent,
    };

    private EndpointId AnyEndpoint() => Any(_endpoints.Keys.ToList());

    private T Any<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
