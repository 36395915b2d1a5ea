using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Endpoints;

public sealed class EndpointPauseApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string PausedAt = "2026-01-31T12:00:00";

    [Fact]
    public async Task Pause_Endpoint_HoldsItsLaneAndShowsIt()
    {
        var (path, id) = await EndpointAsync();

        var paused = (await host.Api.PostAsync($"{path}/pause", """{"note":"Moving to another data center"}""")).Expect(200);

        (paused["paused"], paused["disabled"], paused["pauseNote"]).ShouldBe(("True", "False", "Moving to another data center"));
        paused["pausedAt"].ShouldStartWith(PausedAt);
        (await host.Api.GetAsync(path)).Expect(200).Text.ShouldBe(paused.Text);
        var lane = await LaneAsync(id);
        (lane.Held, lane.ReadyAt).ShouldBe((true, null));
    }

    [Fact]
    public async Task Pause_Twice_IsTheSameAgain()
    {
        var (path, _) = await EndpointAsync();

        var first = (await host.Api.PostAsync($"{path}/pause", "{}")).Expect(200);
        var second = (await host.Api.PostAsync($"{path}/pause", "{}")).Expect(200);

        second.Text.ShouldBe(first.Text);
    }

    [Fact]
    public async Task Resume_Paused_ReleasesAtThePace()
    {
        var (path, id) = await EndpointAsync();
        (await host.Api.PostAsync($"{path}/pause", """{"note":"n"}""")).Expect(200);

        var resumed = (await host.Api.PostAsync($"{path}/resume", """{"maxPerSecond":7}""")).Expect(200);

        resumed.Text.ShouldContain("\"paused\":false,\"pausedAt\":null,\"pauseNote\":null");
        var lane = await LaneAsync(id);
        (lane.Held, lane.ReadyAt, lane.InFlightLimit, lane.ReleaseRate).ShouldBe((false, host.Clock.GetUtcNow(), 1, 7));
    }

    [Fact]
    public async Task Resume_NotPaused_SetsAndClearsThePace()
    {
        var (path, id) = await EndpointAsync();
        var before = (await host.Api.GetAsync(path)).Text;

        (await host.Api.PostAsync($"{path}/resume", """{"maxPerSecond":7}""")).Expect(200).Text.ShouldBe(before);
        var set = await LaneAsync(id);
        (await host.Api.PostAsync($"{path}/resume", "{}")).Expect(200);

        (set.ReleaseRate, (await LaneAsync(id)).ReleaseRate).ShouldBe((7, null));
    }

    [Fact]
    public async Task Enable_PausedToo_LaneStaysHeldUntilItIsResumed()
    {
        var (path, id) = await EndpointAsync();
        (await host.Api.PatchAsync(path, """{"disabled":true}""")).Expect(200);
        (await host.Api.PostAsync($"{path}/pause", "{}")).Expect(200);

        (await host.Api.PatchAsync(path, """{"disabled":false}""")).Expect(200)["paused"].ShouldBe("True");
        var enabled = await LaneAsync(id);
        (await host.Api.PostAsync($"{path}/resume", "{}")).Expect(200);

        (enabled.Held, enabled.ReadyAt).ShouldBe((true, null));
        (await LaneAsync(id)).Held.ShouldBeFalse();
    }

    [Fact]
    public async Task Resume_DisabledToo_LaneStaysHeldUntilItIsEnabled()
    {
        var (path, id) = await EndpointAsync();
        (await host.Api.PostAsync($"{path}/pause", "{}")).Expect(200);
        (await host.Api.PutAsync(path, """{"url":"https://example.com/hook","disabled":true}""")).Expect(200)["paused"].ShouldBe("True");

        (await host.Api.PostAsync($"{path}/resume", "{}")).Expect(200)["disabled"].ShouldBe("True");
        var resumed = await LaneAsync(id);
        (await host.Api.PatchAsync(path, """{"disabled":false}""")).Expect(200);

        (resumed.Held, resumed.ReadyAt).ShouldBe((true, null));
        (await LaneAsync(id)).Held.ShouldBeFalse();
    }

    [Fact]
    public async Task SendSomething_ToAPausedEndpoint_SaysSo()
    {
        var app = await host.ApplicationAsync();
        var endpoint = await host.EndpointAsync(app);
        var message = await host.MessageAsync(app);
        (await host.Api.PostAsync($"/app/{app}/endpoint/{endpoint}/pause", "{}")).Expect(200);

        var resend = await host.Api.PostAsync($"/app/{app}/msg/{message}/endpoint/{endpoint}/resend");
        var example = await host.Api.PostAsync($"/app/{app}/endpoint/{endpoint}/send-example", """{"eventType":"svix.ping"}""");

        (resend.Expect(400)["code"], example.Expect(400)["code"]).ShouldBe(("endpoint_paused", "endpoint_paused"));
    }

    [Theory]
    [InlineData("pause", """{"note":""}""", "body.note")]
    [InlineData("pause", """{"note":7}""", "body.note")]
    [InlineData("resume", """{"maxPerSecond":0}""", "body.maxPerSecond")]
    [InlineData("resume", """{"maxPerSecond":65536}""", "body.maxPerSecond")]
    public async Task Call_Faulty_IsRefused(string operation, string body, string place)
    {
        var (path, _) = await EndpointAsync();

        (await host.Api.PostAsync($"{path}/{operation}", body)).Expect(422).Faults.ShouldHaveSingleItem().ShouldStartWith(place + ":");
    }

    [Fact]
    public async Task Call_OwnersKey_MayPauseAndResume()
    {
        var app = await host.ApplicationAsync();
        var path = $"/app/{app}/endpoint/{await host.EndpointAsync(app)}";
        var portal = await host.KeyAsync("application", app);

        (await portal.PostAsync($"{path}/pause", "{}")).Expect(200);
        (await portal.PostAsync($"{path}/resume", "{}")).Expect(200);
    }

    private async Task<(string Path, EndpointId Id)> EndpointAsync()
    {
        var app = await host.ApplicationAsync();
        var endpoint = await host.EndpointAsync(app);
        IdText.TryParse<EndpointId>(endpoint, out var id).ShouldBeTrue();
        return ($"/app/{app}/endpoint/{endpoint}", id);
    }

    private Task<Lane> LaneAsync(EndpointId id) => host.ReadAsync(db => db.Lanes.AsNoTracking().SingleAsync(l => l.EndpointId == id));
}
