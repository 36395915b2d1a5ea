using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Endpoints;

/// <summary>Which event types an endpoint may ask for depends on who asks.</summary>
public sealed class EndpointEventTypesTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Hidden = "flagged.event";

    [Fact]
    public async Task Write_TypeBehindAFlagThatTheTokenLacks_IsAsUnknownAsOneThatIsNotThere()
    {
        var (app, token) = await PortalAsync("[]");
        var endpoint = await host.EndpointAsync(app);
        var wanted = $$"""{"url":"https://example.com","eventTypes":["{{Hidden}}"]}""";

        foreach (var answer in new[]
        {
            await token.PostAsync($"/app/{app}/endpoint", wanted), await token.PutAsync($"/app/{app}/endpoint/{endpoint}", wanted),
            await token.PutAsync($"/app/{app}/endpoint/new", wanted), await token.PatchAsync($"/app/{app}/endpoint/{endpoint}", wanted),
        })
        {
            answer.Expect(422).Faults.ShouldHaveSingleItem().ShouldStartWith("body.eventTypes: There are no event types with these names");
        }
    }

    [Fact]
    public async Task Write_TypeBehindAFlagThatTheTokenCarries_IsTaken()
    {
        var (app, token) = await PortalAsync("""["insider"]""");

        (await token.PostAsync($"/app/{app}/endpoint", $$"""{"url":"https://example.com","eventTypes":["{{Hidden}}"]}""")).Expect(201);
    }

    [Fact]
    public async Task Patch_EndpointThatHasAHiddenTypeAlready_KeepsIt()
    {
        var (app, token) = await PortalAsync("[]");
        var endpoint = await host.EndpointAsync(app, $$""","eventTypes":["{{Hidden}}"]""");

        var patched = (await token.PatchAsync($"/app/{app}/endpoint/{endpoint}", """{"description":"mine"}""")).Expect(200);

        patched.Text.ShouldContain($"\"eventTypes\":[\"{Hidden}\"]");
    }

    [Fact]
    public async Task Patch_EndpointWhoseTypeIsExpunged_StillWorks()
    {
        var app = await host.ApplicationAsync();
        await host.EventTypeAsync("soon.gone");
        var endpoint = await host.EndpointAsync(app, ""","eventTypes":["soon.gone"]""");
        (await host.Api.DeleteAsync("/event-type/soon.gone?expunge=true")).Expect(204);

        (await host.Api.PatchAsync($"/app/{app}/endpoint/{endpoint}", """{"disabled":true}""")).Expect(200);
    }

    private async Task<(string App, ApiClient Token)> PortalAsync(string flags)
    {
        await host.Api.PutAsync($"/event-type/{Hidden}", """{"description":"d","featureFlag":"insider"}""");
        var app = await host.ApplicationAsync();
        var access = (await host.Api.PostAsync($"/auth/app-portal-access/{app}", $$"""{"featureFlags":{{flags}}}""")).Expect(200);
        return (app, host.As(access["token"]));
    }
}
