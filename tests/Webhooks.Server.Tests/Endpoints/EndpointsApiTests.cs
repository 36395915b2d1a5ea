using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Endpoints;

public sealed class EndpointsApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Create_OnlyAUrl_GetsDefaultsALaneAndASecret()
    {
        var app = await host.ApplicationAsync();

        var made = (await host.Api.PostAsync($"/app/{app}/endpoint", """{"url":"https://example.com/hook"}""")).Expect(201);

        made.Text.ShouldContain("\"eventTypes\":null");
        made.Text.ShouldContain("\"channels\":null,\"disabled\":false");
        (await host.Api.GetAsync($"/app/{app}/endpoint/{made.Id}")).Expect(200).Text.ShouldBe(made.Text);
        (await host.Api.GetAsync($"/app/{app}/endpoint/{made.Id}/secret")).Expect(200)["key"].ShouldStartWith("whsec_");
        var lane = await LaneAsync(made.Id);
        (lane.InFlightLimit, lane.Held, lane.ReadyAt).ShouldBe((1, false, null));
    }

    [Fact]
    public async Task Create_AllFields_ComeBack()
    {
        var app = await host.ApplicationAsync();
        await host.EventTypeAsync("ep.all");

        var made = (await host.Api.PostAsync($"/app/{app}/endpoint", """
            {"url":"https://example.com/a","description":"D","uid":"u","filterTypes":["ep.all"],"channels":["c1","c2"],"rateLimit":3,
             "metadata":{"k":"v"},"disabled":true,"maxInFlight":2,"retryScheduleSeconds":[1,60],"unknownOutcome":"hold",
             "secret":"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"}
            """)).Expect(201);

        made.Text.ShouldContain("\"eventTypes\":[\"ep.all\"],\"filterTypes\":[\"ep.all\"],\"channels\":[\"c1\",\"c2\"]");
        made.Text.ShouldContain("\"throttleRate\":3,\"maxInFlight\":2,\"retryScheduleSeconds\":[1,60],\"unknownOutcome\":\"hold\"");
        (await host.Api.GetAsync($"/app/{app}/endpoint/u/secret")).Expect(200)["key"].ShouldBe("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD");
        var lane = await LaneAsync(made.Id);
        (lane.InFlightLimit, lane.Held).ShouldBe((1, true));
    }

    [Fact]
    public async Task Create_EverythingWrong_TellsAllFaultsWithTheirPlaces()
    {
        var app = await host.ApplicationAsync();

        var answer = (await host.Api.PostAsync($"/app/{app}/endpoint", """
            {"url":"ftp://example.com","uid":"ep_x","eventTypes":["ok","not ok","ok"],"channels":[],"throttleRate":70000,
             "disabled":"no","metadata":[],"secret":"whsec_short","maxInFlight":0,"retryScheduleSeconds":[1,0],"unknownOutcome":"guess"}
            """)).Expect(422);

        answer.Faults.Select(f => f.Split(':')[0]).ShouldBe(
            [
                "body.url", "body.uid", "body.disabled", "body.eventTypes.[1]", "body.eventTypes.[2]", "body.channels", "body.throttleRate",
                "body.metadata", "body.maxInFlight", "body.retryScheduleSeconds.[1]", "body.unknownOutcome", "body.secret",
            ],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://167772161/")]
    [InlineData("https://user:password@example.com/")]
    public async Task Create_UrlThatMustNotBeReached_IsRefused(string url)
    {
        var app = await host.ApplicationAsync();

        var answer = await host.Api.PostAsync($"/app/{app}/endpoint", $$"""{"url":"{{url}}"}""");

        answer.Expect(422).Faults.ShouldHaveSingleItem().ShouldStartWith("body.url:");
    }

    [Fact]
    public async Task Create_UnknownEventTypes_NamesThem()
    {
        var app = await host.ApplicationAsync();

        var answer = await host.Api.PostAsync($"/app/{app}/endpoint", """{"url":"https://example.com","eventTypes":["no.such","nor.this"]}""");

        answer.Expect(422).Faults.ShouldHaveSingleItem().ShouldMatch("^body.eventTypes: .*no.such, nor.this");
    }

    [Fact]
    public async Task Create_TakenUid_IsConflictOnlyWithinItsApplication()
    {
        var (one, other) = (await host.ApplicationAsync(), await host.ApplicationAsync());
        await host.EndpointAsync(one, ",\"uid\":\"same\"");

        (await host.Api.PostAsync($"/app/{one}/endpoint", """{"url":"https://example.com","uid":"same"}""")).Expect(409)["code"].ShouldBe("conflict");
        (await host.Api.PostAsync($"/app/{other}/endpoint", """{"url":"https://example.com","uid":"same"}""")).Expect(201);
    }

    [Fact]
    public async Task Patch_EnabledBeforeAnybodySawThatItWasDisabled_HasAnIncident()
    {
        var app = await host.ApplicationAsync();
        var id = await host.EndpointAsync(app);
        await host.WriteAsync(db =>
        {
            var endpoint = db.Endpoints.AsTracking().AsEnumerable().Single(e => e.Id.ToString() == id);
            (endpoint.Disabled, endpoint.DisabledReason) = (true, EndpointDisabledReason.Gone);
        });

        (await host.Api.PatchAsync($"/app/{app}/endpoint/{id}", """{"disabled":false}""")).Expect(200)["disabledReason"].ShouldBeEmpty();

        (await host.Api.GetAsync($"/incident?app_id={app}")).Expect(200).Text.ShouldContain("\"kind\":\"disabled\"");
    }

    [Fact]
    public async Task Replace_LeftOutFields_GetDefaultsAndOursStay()
    {
        var app = await host.ApplicationAsync();
        var id = await host.EndpointAsync(app, ",\"description\":\"old\",\"channels\":[\"c\"],\"maxInFlight\":4,\"uid\":\"x\"");

        var put = (await host.Api.PutAsync($"/app/{app}/endpoint/{id}", """{"url":"https://example.com/new"}""")).Expect(200);

        put["url"].ShouldBe("https://example.com/new");
        put.Text.ShouldContain("\"description\":\"\"");
        put.Text.ShouldContain("\"channels\":null");
        put.Text.ShouldContain("\"uid\":null");
        put["maxInFlight"].ShouldBe("4");
    }

    [Fact]
    public async Task Replace_UnknownUid_CreatesItThere()
    {
        var app = await host.ApplicationAsync();

        var made = (await host.Api.PutAsync($"/app/{app}/endpoint/by-put", """{"url":"https://example.com/new"}""")).Expect(201);

        (await host.Api.GetAsync($"/app/{app}/endpoint/by-put")).Expect(200).Id.ShouldBe(made.Id);
        (await host.Api.PutAsync($"/app/{app}/endpoint/ep_00000000000000000000000000", """{"url":"https://example.com/new"}""")).Expect(404);
    }

    [Fact]
    public async Task Replace_RepeatedUnderItsUid_StaysOneEndpoint()
    {
        var app = await host.ApplicationAsync();
        const string Settings = """{"url":"https://example.com/new"}""";

        var made = (await host.Api.PutAsync($"/app/{app}/endpoint/orders", Settings)).Expect(201);
        var second = (await host.Api.PutAsync($"/app/{app}/endpoint/orders", Settings)).Expect(200);
        var third = (await host.Api.PutAsync($"/app/{app}/endpoint/orders", Settings)).Expect(200);

        (second.Id, second["uid"], third.Id).ShouldBe((made.Id, "orders", made.Id));
        (await host.Api.GetAsync($"/app/{app}/endpoint")).List("id").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Patch_NullClearsAndAbsentStays()
    {
        var app = await host.ApplicationAsync();
        var id = await host.EndpointAsync(app, ",\"description\":\"kept\",\"channels\":[\"c\"],\"throttleRate\":5");

        var patched = (await host.Api.PatchAsync($"/app/{app}/endpoint/{id}", """{"channels":null,"rateLimit":6}""")).Expect(200);

        patched["description"].ShouldBe("kept");
        patched.Text.ShouldContain("\"channels\":null");
        patched["throttleRate"].ShouldBe("6");
    }

    [Fact]
    public async Task Disable_ThenEnable_HoldsTheLaneAndReleasesItAtAPace()
    {
        var app = await host.ApplicationAsync();
        var id = await host.EndpointAsync(app);

        (await host.Api.PatchAsync($"/app/{app}/endpoint/{id}", """{"disabled":true}""")).Expect(200);
        var held = await LaneAsync(id);
        (await host.Api.PatchAsync($"/app/{app}/endpoint/{id}", """{"disabled":false}""")).Expect(200);
        var released = await LaneAsync(id);

        (held.Held, held.ReadyAt).ShouldBe((true, null));
        (released.Held, released.ReadyAt, released.InFlightLimit).ShouldBe((false, host.Clock.GetUtcNow(), 1));
    }

    [Fact]
    public async Task Delete_Endpoint_FreesTheUidAndHoldsTheLane()
    {
        var app = await host.ApplicationAsync();
        var id = await host.EndpointAsync(app, ",\"uid\":\"freed\"");

        (await host.Api.DeleteAsync($"/app/{app}/endpoint/freed")).Expect(204);

        (await host.Api.GetAsync($"/app/{app}/endpoint/{id}")).Expect(404);
        (await host.Api.GetAsync($"/app/{app}/endpoint/{id}/secret")).Expect(404);
        (await LaneAsync(id)).Held.ShouldBeTrue();
        await host.EndpointAsync(app, ",\"uid\":\"freed\"");
    }

    [Fact]
    public async Task List_NewestFirst_PagesBothWays()
    {
        var app = await host.ApplicationAsync();
        for (var i = 0; i < 3; i++)
            await host.EndpointAsync(app);

        var all = (await host.Api.GetAsync($"/app/{app}/endpoint")).Expect(200);
        var last = (await host.Api.GetAsync($"/app/{app}/endpoint?limit=2&iterator={all.List("id")[0]}")).Expect(200);

        all.List("id").ShouldBe(all.List("id").OrderDescending(StringComparer.Ordinal));
        all["done"].ShouldBe("True");
        last.List("id").ShouldBe(all.List("id").Skip(1));
        last["prevIterator"].ShouldBe("-" + all.List("id")[1]);
    }

    [Fact]
    public async Task Secret_InTheDatabase_IsNotReadable()
    {
        var app = await host.ApplicationAsync();
        await host.EndpointAsync(app, ",\"secret\":\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"");

        var stored = await host.ReadAsync(db => db.EndpointSecrets.Select(s => s.Protected).ToListAsync());

        stored.ShouldAllBe(secret => !System.Text.Encoding.UTF8.GetString(secret).Contains("whsec_"));
    }

    private Task<Lane> LaneAsync(string endpoint)
    {
        IdText.TryParse<EndpointId>(endpoint, out var id).ShouldBeTrue();
        return host.ReadAsync(db => db.Lanes.AsNoTracking().SingleAsync(l => l.EndpointId == id));
    }
}
