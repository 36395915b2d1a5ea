using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.BackgroundTasks;

public sealed class BackgroundTasksApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task List_PagesBothWays_NewestFirstOrAsAsked()
    {
        var (app, endpoint) = await EndpointAsync();
        var (first, second, third) = (await StartAsync(app, endpoint), await StartAsync(app, endpoint), await StartAsync(app, endpoint));

        (await IdsAsync($"?app_id={app}")).ShouldBe([third, second, first]);
        (await IdsAsync($"?app_id={app}&order=ascending")).ShouldBe([first, second, third]);
        (await IdsAsync($"?app_id={app}&limit=1&iterator={third}")).ShouldBe([second]);
        (await IdsAsync($"?app_id={app}&limit=1&iterator=-{first}")).ShouldBe([second]);
    }

    [Fact]
    public async Task List_Filters_LeaveOutWhatDoesNotMatch()
    {
        var (app, endpoint) = await EndpointAsync("tasks-app", "tasks-endpoint");
        var another = await host.EndpointAsync(app);
        var recover = await StartAsync(app, endpoint);
        var replay = await StartAsync(app, another, "bulk-replay");
        await host.RunTaskAsync(replay);
        var canceled = await StartAsync(app, endpoint, "replay-missing");
        (await host.Api.PostAsync($"/background-task/{canceled}/cancel")).Expect(200);

        (await IdsAsync("?app_id=tasks-app")).ShouldBe([canceled, replay, recover]);
        (await IdsAsync($"?app_id={app}&status=running")).ShouldBe([recover]);
        (await IdsAsync($"?app_id={app}&status=finished")).ShouldBe([replay]);
        (await IdsAsync($"?app_id={app}&status=failed")).ShouldBe([canceled]);
        (await IdsAsync($"?app_id={app}&task=endpoint.recover")).ShouldBe([recover]);
        (await IdsAsync($"?app_id={app}&task=endpoint.bulk-replay")).ShouldBe([replay]);
        (await IdsAsync($"?endpoint_id={another}")).ShouldBe([replay]);
        (await IdsAsync("?endpoint_id=tasks-endpoint")).ShouldBe([canceled, recover]);
        (await IdsAsync("?app_id=nobody")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("status=0", "query.status: Must be one of: running, finished, failed.")]
    [InlineData("status=canceled", "query.status: Must be one of: running, finished, failed.")]
    [InlineData(
        "task=everything",
        "query.task: Must be one of: endpoint.recover, endpoint.replay, endpoint.bulk-replay, application.stats, dead-letter.replay, "
        + "dead-letter.discard.")]
    [InlineData("limit=251", "query.limit: Given limit must not exceed 250")]
    [InlineData("order=up", "query.order: Must be one of: ascending, descending.")]
    [InlineData("app_id=a b", "query.app_id: Must consist of letters a-z and A-Z, digits, and the characters - _ . only.")]
    public async Task List_Faulty_IsRefused(string query, string fault) =>
        (await host.Api.GetAsync($"/background-task?{query}")).Expect(422).Faults.ShouldBe([fault]);

    [Fact]
    public async Task List_FaultyIterator_IsRefused() =>
        (await host.Api.GetAsync("/background-task?iterator=app_x")).Expect(422).Faults.Single().ShouldStartWith("query.iterator:");

    [Theory]
    [InlineData("none")]
    [InlineData("qtask_01fwhe4ydgfk1shh6w1g60ecwf")]
    public async Task GetAndCancel_Nothing_IsNotFound(string id)
    {
        (await host.Api.GetAsync($"/background-task/{id}")).Expect(404);
        (await host.Api.PostAsync($"/background-task/{id}/cancel")).Expect(404);
    }

    [Fact]
    public async Task Cancel_Running_IsFailedOnTheWireAndSaysCanceled()
    {
        var (app, endpoint) = await EndpointAsync();
        var task = await StartAsync(app, endpoint);

        var canceled = (await host.Api.PostAsync($"/background-task/{task}/cancel")).Expect(200);

        (canceled["status"], canceled["state"]).ShouldBe(("failed", "canceled"));
        canceled["error"].ShouldStartWith("Canceled by a person.");
        canceled["finishedAt"].ShouldBe(canceled["updatedAt"]);
        (await host.Api.GetAsync($"/background-task/{task}")).Expect(200).Text.ShouldBe(canceled.Text);
        (await host.Api.PostAsync($"/background-task/{task}/cancel")).Expect(200).Text.ShouldBe(canceled.Text);
        await host.RunTaskAsync(task);
        (await host.Api.GetAsync($"/background-task/{task}")).Expect(200)["state"].ShouldBe("canceled");
    }

    [Fact]
    public async Task Cancel_Finished_IsAConflict()
    {
        var (app, endpoint) = await EndpointAsync();
        var task = await StartAsync(app, endpoint);
        await host.RunTaskAsync(task);

        (await host.Api.PostAsync($"/background-task/{task}/cancel")).Expect(409)["code"].ShouldBe("conflict");

        (await host.Api.GetAsync($"/background-task/{task}")).Expect(200)["state"].ShouldBe("finished");
    }

    [Fact]
    public async Task ApplicationKey_Tasks_AreItsOwnOnly()
    {
        var (app, endpoint) = await EndpointAsync();
        var (own, other) = (await StartAsync(app, endpoint), await OfAnotherApplicationAsync());
        var january = """{"since":"2026-01-01T00:00:00Z","until":"2026-01-31T00:00:00Z"}""";
        var usage = (await host.Api.PostAsync("/stats/usage/app", january)).Expect(202).Id;
        var portal = await host.KeyAsync("application", app);

        (await portal.GetAsync("/background-task")).Expect(200).List("id").ShouldBe([own]);
        (await portal.GetAsync($"/background-task/{own}")).Expect(200);
        foreach (var hidden in new[] { other, usage })
        {
            (await portal.GetAsync($"/background-task/{hidden}")).Expect(404);
            (await portal.PostAsync($"/background-task/{hidden}/cancel")).Expect(404);
            (await host.Api.GetAsync($"/background-task/{hidden}")).Expect(200)["state"].ShouldBe("running");
        }

        (await portal.PostAsync($"/background-task/{own}/cancel")).Expect(200);
    }

    private async Task<string> OfAnotherApplicationAsync()
    {
        var (app, endpoint) = await EndpointAsync();
        return await StartAsync(app, endpoint);
    }

    private async Task<(string App, string Endpoint)> EndpointAsync(string? appUid = null, string? endpointUid = null)
    {
        var app = await host.ApplicationAsync(appUid);
        return (app, await host.EndpointAsync(app, endpointUid is null ? "" : $",\"uid\":\"{endpointUid}\""));
    }

    private async Task<string> StartAsync(string app, string endpoint, string operation = "recover") =>
        (await host.Api.PostAsync($"/app/{app}/endpoint/{endpoint}/{operation}", """{"since":"2026-01-31T00:00:00Z"}""")).Expect(202).Id;

    private async Task<IReadOnlyList<string>> IdsAsync(string query) =>
        (await host.Api.GetAsync($"/background-task{query}")).Expect(200).List("id");
}
