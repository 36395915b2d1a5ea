using Microsoft.EntityFrameworkCore;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.ApiKeys;

public sealed class ApiKeyRotationTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Rotate_LiveKey_MakesOneLikeItAndBothWorkForADay()
    {
        var app = await host.ApplicationAsync();
        var old = await MakeAsync(
            $$""" "scope":"application","applicationId":"{{app}}","requestsPerSecond":1000,"expiresAt":"2030-01-31T12:00:00Z" """);

        var made = (await host.Api.PostAsync($"/api-key/{old.Id}/rotate", "{}")).Expect(201);

        made.Id.ShouldNotBe(old.Id);
        foreach (var member in new[] { "name", "scope", "applicationId", "requestsPerSecond", "expiresAt" })
            made[member].ShouldBe(old[member], member);
        await WorksAsync(old, app);
        await WorksAsync(made, app);
        host.Clock.Advance(TimeSpan.FromDays(1));
        (await host.As(old["key"]).GetAsync($"/app/{app}")).Expect(401);
        await WorksAsync(made, app);
    }

    [Fact]
    public async Task Rotate_PortalToken_KeepsItsFlags()
    {
        var app = await host.ApplicationAsync();
        (await host.Api.PutAsync("/event-type/rotate.beta", """{"description":"d","featureFlag":"rotate"}""")).Expect(201);
        (await host.Api.PostAsync($"/auth/app-portal-access/{app}", """{"featureFlags":["rotate"]}""")).Expect(200);
        var token = (await host.Api.GetAsync("/api-key?limit=1")).List("id").Single();

        var made = (await host.Api.PostAsync($"/api-key/{token}/rotate", "{}")).Expect(201);

        (await host.As(made["key"]).GetAsync("/event-type/rotate.beta")).Expect(200);
    }

    [Fact]
    public async Task Rotate_WithoutGrace_EndsTheOldAtOnce()
    {
        var old = await MakeAsync(""" "scope":"full" """);
        (await host.As(old["key"]).GetAsync("/app")).Expect(200);

        var made = (await host.As(old["key"]).PostAsync($"/api-key/{old.Id}/rotate", """{"gracePeriodSeconds":0}""")).Expect(201);

        (await host.As(old["key"]).GetAsync("/app")).Expect(401);
        (await host.As(made["key"]).GetAsync("/app")).Expect(200);
    }

    [Fact]
    public async Task Rotate_KeyThatEndsBeforeTheGrace_EndsWhenItWouldHave()
    {
        var end = host.Clock.GetUtcNow().AddMinutes(10);
        var old = await MakeAsync($$""" "scope":"full","expiresAt":"{{end:yyyy-MM-dd'T'HH:mm:ss'Z'}}" """);

        (await host.Api.PostAsync($"/api-key/{old.Id}/rotate", """{"gracePeriodSeconds":604800}""")).Expect(201);

        (await host.Api.GetAsync($"/api-key/{old.Id}")).Expect(200)["expiresAt"].ShouldBe(old["expiresAt"]);
    }

    [Fact]
    public async Task Rotate_EndedKey_IsConflictAndMakesNone()
    {
        var revoked = await MakeAsync(""" "scope":"full" """);
        (await host.Api.DeleteAsync($"/api-key/{revoked.Id}")).Expect(204);
        var expired = await MakeAsync($$""" "scope":"full","expiresAt":"{{host.Clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'}}" """);
        var before = await host.ReadAsync(db => db.ApiKeys.CountAsync());

        (await host.Api.PostAsync($"/api-key/{revoked.Id}/rotate", "{}")).Expect(409)["code"].ShouldBe("key_ended");
        (await host.Api.PostAsync($"/api-key/{expired.Id}/rotate", "{}")).Expect(409)["code"].ShouldBe("key_ended");

        (await host.ReadAsync(db => db.ApiKeys.CountAsync())).ShouldBe(before);
    }

    [Fact]
    public async Task Rotate_RepeatedWithItsKey_MakesOne()
    {
        var old = await MakeAsync(""" "scope":"full" """);
        var made = (await host.Api.PostAsync($"/api-key/{old.Id}/rotate", "{}", "rotate-a-key")).Expect(201);

        (await host.Api.PostAsync($"/api-key/{old.Id}/rotate", "{}", "rotate-a-key")).Expect(201).Text.ShouldBe(made.Text);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("key_00000000000000000000000001")]
    public async Task RotateAndGet_NoSuchKey_AreNotFound(string id)
    {
        (await host.Api.PostAsync($"/api-key/{id}/rotate", "{}")).Expect(404);
        (await host.Api.GetAsync($"/api-key/{id}")).Expect(404);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("604801")]
    public async Task Rotate_GraceOutOfRange_IsRefused(string grace) =>
        (await host.Api.PostAsync("/api-key/none/rotate", $$"""{"gracePeriodSeconds":{{grace}}}"""))
            .Expect(422).Faults.ShouldHaveSingleItem().ShouldStartWith("body.gracePeriodSeconds:");

    [Fact]
    public async Task Get_Key_ShowsAllButItsText()
    {
        var made = await MakeAsync(""" "scope":"publish" """);

        var shown = (await host.Api.GetAsync($"/api-key/{made.Id}")).Expect(200);

        shown["name"].ShouldBe("k");
        shown.Text.ShouldNotContain(made["key"]);
    }

    private async Task<ApiAnswer> MakeAsync(string fields) =>
        (await host.Api.PostAsync("/api-key", $$"""{"name":"k",{{fields}}}""")).Expect(201);

    private async Task WorksAsync(ApiAnswer key, string app) => (await host.As(key["key"]).GetAsync($"/app/{app}")).Expect(200);
}
