using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.BackgroundTasks;

public sealed class ReplayApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Since = """{"since":"2026-01-31T00:00:00Z"}""";

    [Theory]
    [InlineData("recover", "endpoint.recover")]
    [InlineData("replay-missing", "endpoint.replay")]
    [InlineData("bulk-replay", "endpoint.bulk-replay")]
    public async Task Start_Any_IsARunningTaskThatCanBeLookedAt(string operation, string kind)
    {
        var (app, endpoint) = await EndpointAsync();

        var started = (await StartAsync(app, endpoint, operation, Since)).Expect(202);

        started.Id.ShouldStartWith("qtask_");
        started.Json.EnumerateObject().Select(field => field.Name).ShouldBe(["id", "status", "task", "updatedAt"]);
        (started["status"], started["task"]).ShouldBe(("running", kind));
        var shown = (await host.Api.GetAsync($"/background-task/{started.Id}")).Expect(200);
        (shown["status"], shown["state"], shown["task"], shown["error"]).ShouldBe(("running", "running", kind, ""));
        (shown["applicationId"], shown["endpointId"], shown["finishedAt"]).ShouldBe((app, endpoint, ""));
        shown["updatedAt"].ShouldBe(started["updatedAt"]);
        shown["data"].ShouldBe(
            """{"dryRun":false,"matched":0,"toSend":0,"sent":0,"messagesSent":0,"mayBeDuplicates":0,"skipped":{"payloadGone":0}}""");
    }

    [Fact]
    public async Task Recover_RunAfterwards_SendsWhatFailedAndSaysSo()
    {
        var (app, endpoint) = await EndpointAsync();
        foreach (var state in new[] { DeliveryState.Dead, DeliveryState.Dead, DeliveryState.Delivered })
            await MessageAsync(app, state);
        var task = (await StartAsync(app, endpoint, "recover", Since)).Expect(202).Id;

        await host.RunTaskAsync(task);

        var shown = (await host.Api.GetAsync($"/background-task/{task}")).Expect(200);
        (shown["status"], shown["state"]).ShouldBe(("finished", "finished"));
        shown["finishedAt"].ShouldStartWith("2026-01-31T");
        shown["data"].ShouldBe(
            """{"dryRun":false,"matched":2,"toSend":2,"sent":2,"messagesSent":2,"mayBeDuplicates":0,"skipped":{"payloadGone":0}}""");
        (await host.Api.GetAsync($"/app/{app}/endpoint/{endpoint}/msg?status=1")).Expect(200).List("id").Count.ShouldBe(2);
    }

    [Theory]
    [InlineData((int)HoldReason.Parked, 1)]
    [InlineData((int)HoldReason.UnknownOutcome, 0)]
    public async Task Recover_Held_SendsWhatIsParkedOnly(int reason, int sent)
    {
        var (app, endpoint) = await EndpointAsync();
        await MessageAsync(app, DeliveryState.Held, (HoldReason)reason);
        var task = (await StartAsync(app, endpoint, "recover", Since)).Expect(202).Id;

        await host.RunTaskAsync(task);

        (await host.Api.GetAsync($"/background-task/{task}")).Expect(200)["data"].ShouldContain($"\"sent\":{sent},");
    }

    [Theory]
    [InlineData("recover", """{}""", "body.since: Is required.")]
    [InlineData("replay-missing", """{"since":null}""", "body.since: Must not be null.")]
    [InlineData("bulk-replay", """{"since":"yesterday"}""", "body.since: Must be a time as in RFC 3339, such as 2026-01-31T12:00:00Z.")]
    [InlineData(
        "recover", """{"since":"2026-01-31T12:01:00Z"}""", "body.since: Must be before 'until', which is now where it is left out.")]
    [InlineData(
        "replay-missing", """{"since":"2026-01-31T10:00:00Z","until":"2026-01-31T09:00:00Z"}""",
        "body.since: Must be before 'until', which is now where it is left out.")]
    [InlineData("recover", """{"since":"2026-01-17T11:59:59Z"}""", "body.since: Must not be more than 14 days ago.")]
    [InlineData("recover", """{"since":"0001-01-01T00:00:00Z"}""", "body.since: Must not be more than 14 days ago.")]
    [InlineData("recover", """{"since":"2026-01-31T00:00:00Z","dryRun":1}""", "body.dryRun: Must be true or false.")]
    [InlineData(
        "bulk-replay", """{"since":"2026-01-31T00:00:00Z","tag":"x"}""", "body.tag: Is not supported by this service. Leave it out.")]
    [InlineData("bulk-replay", """{"since":"2026-01-31T00:00:00Z","status":5}""", "body.status: Must be a whole number from 0 to 4.")]
    [InlineData(
        "bulk-replay", """{"since":"2026-01-31T00:00:00Z","statusCodeClass":250}""",
        "body.statusCodeClass: Must be one of: 0, 100, 200, 300, 400, 500.")]
    [InlineData(
        "bulk-replay", """{"since":"2026-01-31T00:00:00Z","statusCodeClass":600}""",
        "body.statusCodeClass: Must be a whole number from 0 to 500.")]
    [InlineData(
        "bulk-replay", """{"since":"2026-01-31T00:00:00Z","channel":"a b"}""",
        "body.channel: Must consist of letters a-z and A-Z, digits, and the characters - _ . only.")]
    [InlineData(
        "bulk-replay", """{"since":"2026-01-31T00:00:00Z","eventTypes":[]}""",
        "body.eventTypes: Must have 1 to 500 entries; null stands for no restriction.")]
    public async Task Start_Faulty_IsRefusedAtTheField(string operation, string body, string fault)
    {
        var (app, endpoint) = await EndpointAsync();

        (await StartAsync(app, endpoint, operation, body)).Expect(422).Faults.ShouldBe([fault]);
    }

    [Theory]
    [InlineData("recover", """{"since":"14 days ago"}""")]
    [InlineData("replay-missing", """{"since":"0001-01-01T00:00:00Z"}""")]
    [InlineData(
        "bulk-replay", """{"since":"2025-01-01T00:00:00Z","until":"9999-12-31T23:59:59Z","status":null,"eventTypes":["a"],"tag":null}""")]
    public async Task Start_AtTheEdgeOfWhatIsAllowed_IsTaken(string operation, string body)
    {
        var (app, endpoint) = await EndpointAsync();
        var edge = (host.Clock.GetUtcNow() - TimeSpan.FromDays(14)).ToString("o", CultureInfo.InvariantCulture);

        var started = await StartAsync(app, endpoint, operation, body.Replace("14 days ago", edge, StringComparison.Ordinal));

        await host.RunTaskAsync(started.Expect(202).Id);
    }

    [Theory]
    [InlineData("recover")]
    [InlineData("replay-missing")]
    [InlineData("bulk-replay")]
    public async Task Start_DisabledEndpoint_IsRefusedUnlessItOnlyCounts(string operation)
    {
        var app = await host.ApplicationAsync();
        var endpoint = await host.EndpointAsync(app, ",\"disabled\":true");

        (await StartAsync(app, endpoint, operation, Since)).Expect(400)["code"].ShouldBe("endpoint_disabled");
        (await StartAsync(app, endpoint, operation, """{"since":"2026-01-31T00:00:00Z","dryRun":true}""")).Expect(202);
    }

    [Fact]
    public async Task Start_Repeated_IsOneTask()
    {
        var (app, endpoint) = await EndpointAsync();

        var first = (await StartAsync(app, endpoint, "recover", Since, "key-1")).Expect(202);
        var second = (await StartAsync(app, endpoint, "recover", Since, "key-1")).Expect(202);

        second.Text.ShouldBe(first.Text);
        (await host.Api.GetAsync($"/background-task?endpoint_id={endpoint}")).Expect(200).List("id").ShouldBe([first.Id]);
    }

    [Fact]
    public async Task Start_UntilIsLeftOutOrToCome_EndsNow()
    {
        var (app, endpoint) = await EndpointAsync();
        var range = """{"since":"2026-01-31T00:00:00Z","until":"2026-03-01T00:00:00Z"}""";
        var task = (await StartAsync(app, endpoint, "bulk-replay", range)).Expect(202).Id;
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await MessageAsync(app, DeliveryState.Delivered);

        await host.RunTaskAsync(task);

        (await host.Api.GetAsync($"/background-task/{task}")).Expect(200)["data"].ShouldContain("\"matched\":0,");
    }

    [Fact]
    public async Task Start_WakesWhoeverRunsTasks_AfterTheCommit()
    {
        var (app, endpoint) = await EndpointAsync();
        var waiting = host.Services.GetRequiredService<TaskSignal>().WaitAsync(
            TimeSpan.FromHours(1), TimeProvider.System, TestContext.Current.CancellationToken);

        var task = (await StartAsync(app, endpoint, "recover", Since)).Expect(202).Id;
        await waiting;

        IdText.TryParse<BackgroundTaskId>(task, out var id).ShouldBeTrue();
        (await host.ReadAsync(db => db.BackgroundTasks.AnyAsync(t => t.Id == id))).ShouldBeTrue();
    }

    private async Task<(string App, string Endpoint)> EndpointAsync()
    {
        var app = await host.ApplicationAsync();
        return (app, await host.EndpointAsync(app));
    }

    private Task<ApiAnswer> StartAsync(string app, string endpoint, string operation, string body, string? key = null) =>
        host.Api.PostAsync($"/app/{app}/endpoint/{endpoint}/{operation}", body, key);

    private async Task MessageAsync(string app, DeliveryState state, HoldReason? holdReason = null)
    {
        IdText.TryParse<Core.Messages.MessageId>(await host.MessageAsync(app), out var id).ShouldBeTrue();
        await host.WriteAsync(db =>
        {
            var delivery = db.Deliveries.Single(d => d.MessageId == id);
            (delivery.State, delivery.HoldReason) = (state, holdReason);
        });
    }
}
