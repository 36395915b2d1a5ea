using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.ApiKeys;

public sealed class AuthenticationApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task PortalAccess_Token_OpensThatApplicationForSevenDays()
    {
        var app = await host.ApplicationAsync();

        var access = (await host.Api.PostAsync($"/auth/app-portal-access/{app}", "{}")).Expect(200);

        access["url"].ShouldBe($"{host.Api.Address.GetLeftPart(UriPartial.Authority)}/portal#token={access["token"]}");
        var portal = host.As(access["token"]);
        (await portal.GetAsync($"/app/{app}/endpoint")).Expect(200);
        (await portal.GetAsync($"/app/{await host.ApplicationAsync()}/endpoint")).Expect(404);
        host.Clock.Advance(TimeSpan.FromDays(7));
        (await portal.GetAsync($"/app/{app}/endpoint")).Expect(401);
    }

    [Fact]
    public async Task PortalAccess_WithExpiry_EndsThen()
    {
        var app = await host.ApplicationAsync();
        var portal = await PortalAsync(app, """{"expiry":3600}""");
        (await portal.GetAsync($"/app/{app}")).Expect(200);

        host.Clock.Advance(TimeSpan.FromHours(1));

        (await portal.GetAsync($"/app/{app}")).Expect(401);
    }

    [Fact]
    public async Task PortalAccess_WithItsApplication_CreatesItOnTheFly()
    {
        var portal = await PortalAsync("portal-new", """{"application":{"name":"n","uid":"portal-new"}}""");

        (await portal.GetAsync("/app/portal-new")).Expect(200);
        (await host.Api.PostAsync("/auth/app-portal-access/portal-none", "{}")).Expect(404);
        (await host.Api.PostAsync("/auth/app-portal-access/portal-new", """{"application":{"name":"n","uid":"x"}}""")).Expect(422)
            .Text.ShouldContain("application_uid_mismatch");
        (await host.Api.PostAsync("/auth/app-portal-access/portal-new", """{"application":{"name":"n"}}""")).Expect(422)
            .Text.ShouldContain("application_uid_missing");
    }

    [Theory]
    [InlineData("""{"featureFlags":"beta"}""", "body.featureFlags")]
    [InlineData("""{"featureFlags":["a b"]}""", "body.featureFlags.[0]")]
    [InlineData("""{"expiry":3599}""", "body.expiry")]
    [InlineData("""{"readOnly":true}""", "body.readOnly")]
    [InlineData("""{"capabilities":["ViewBase"]}""", "body.capabilities")]
    [InlineData("""{"sessionId":"s"}""", "body.sessionId")]
    public async Task PortalAccess_FaultyOrNarrowedInWaysThatAreNotKept_IsRefused(string body, string place)
    {
        var app = await host.ApplicationAsync();

        (await host.Api.PostAsync($"/auth/app-portal-access/{app}", body)).Expect(422).Faults.Single().Split(": ")[0].ShouldBe(place);
    }

    [Fact]
    public async Task FeatureFlags_OfATypeAndAToken_DecideWhatIsSeen()
    {
        var app = await host.ApplicationAsync();
        (await host.Api.PutAsync("/event-type/flag.none", """{"description":"d"}""")).Expect(201);
        (await host.Api.PutAsync("/event-type/flag.beta", """{"description":"d","featureFlag":"beta"}""")).Expect(201);
        (await host.Api.PutAsync("/event-type/flag.other", """{"description":"d","featureFlag":"other"}""")).Expect(201);
        var (plain, beta) = (await PortalAsync(app, "{}"), await PortalAsync(app, """{"featureFlags":["beta"]}"""));

        (await SeenAsync(host.Api)).ShouldBe(["flag.beta", "flag.none", "flag.other"]);
        (await SeenAsync(plain)).ShouldBe(["flag.none"]);
        (await SeenAsync(beta)).ShouldBe(["flag.beta", "flag.none"]);
        (await beta.GetAsync("/event-type/flag.beta")).Expect(200);
        (await beta.GetAsync("/event-type/flag.other")).Expect(404);

        static async Task<IEnumerable<string>> SeenAsync(ApiClient api) =>
            (await api.GetAsync("/event-type?limit=250")).Expect(200).List("name").Where(n => n.StartsWith("flag.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Logout_Token_IsRevokedAtOnce()
    {
        var app = await host.ApplicationAsync();
        var (portal, other) = (await PortalAsync(app, "{}"), await PortalAsync(app, "{}"));
        (await portal.GetAsync($"/app/{app}")).Expect(200);

        (await portal.PostAsync("/auth/logout")).Expect(204).Text.ShouldBeEmpty();

        (await portal.GetAsync($"/app/{app}")).Expect(401);
        (await portal.PostAsync("/auth/logout")).Expect(401);
        (await other.GetAsync($"/app/{app}")).Expect(200);
    }

    [Fact]
    public async Task Logout_BootstrapKey_SaysWhereItIs() =>
        (await host.Api.PostAsync("/auth/logout")).Expect(400)["detail"].ShouldContain("Webhooks:Auth:BootstrapKey");

    [Fact]
    public async Task ExpireAll_OfAnApplication_EndsItsTokensOnly()
    {
        var (app, other) = (await host.ApplicationAsync(), await host.ApplicationAsync());
        var (first, second, unconcerned) = (await PortalAsync(app, "{}"), await PortalAsync(app, "{}"), await PortalAsync(other, "{}"));
        (await first.GetAsync($"/app/{app}")).Expect(200);

        (await host.Api.PostAsync($"/auth/app/{app}/expire-all", "{}")).Expect(204).Text.ShouldBeEmpty();

        (await first.GetAsync($"/app/{app}")).Expect(401);
        (await second.GetAsync($"/app/{app}")).Expect(401);
        (await unconcerned.GetAsync($"/app/{other}")).Expect(200);
        (await host.Api.GetAsync("/app")).Expect(200);
    }

    [Fact]
    public async Task ExpireAll_WithExpiry_EndsThemThen()
    {
        var app = await host.ApplicationAsync();
        var portal = await PortalAsync(app, "{}");

        (await host.Api.PostAsync($"/auth/app/{app}/expire-all", """{"expiry":60}""")).Expect(204);

        (await portal.GetAsync($"/app/{app}")).Expect(200);
        host.Clock.Advance(TimeSpan.FromSeconds(60));
        (await portal.GetAsync($"/app/{app}")).Expect(401);
        (await host.Api.PostAsync("/auth/app/none/expire-all", "{}")).Expect(404);
        (await host.Api.PostAsync($"/auth/app/{app}/expire-all", """{"sessionIds":["s"]}""")).Expect(422);
    }

    private async Task<ApiClient> PortalAsync(string app, string body) =>
        host.As((await host.Api.PostAsync($"/auth/app-portal-access/{app}", body)).Expect(200)["token"]);
}
