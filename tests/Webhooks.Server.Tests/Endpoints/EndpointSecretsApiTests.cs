using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Endpoints;

public sealed class EndpointSecretsApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Given = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    [Fact]
    public async Task Rotate_WithoutAKey_MakesANewOneAndTheOldSignsForADay()
    {
        var path = await PathAsync();
        var old = (await host.Api.GetAsync(path)).Expect(200)["key"];

        (await host.Api.PostAsync($"{path}/rotate", "{}")).Expect(204).Text.ShouldBeEmpty();

        var key = (await host.Api.GetAsync(path)).Expect(200)["key"];
        key.ShouldStartWith("whsec_");
        key.ShouldNotBe(old);
        (await ExpiriesAsync(path)).ShouldBe([host.Clock.GetUtcNow().AddDays(1), null]);
    }

    [Fact]
    public async Task Rotate_GivenKeyAndGrace_AreTaken()
    {
        var path = await PathAsync();

        (await host.Api.PostAsync($"{path}/rotate", $$"""{"key":"{{Given}}","gracePeriodSeconds":0}""")).Expect(204);

        (await host.Api.GetAsync(path)).Expect(200)["key"].ShouldBe(Given);
        (await ExpiriesAsync(path)).ShouldBe([host.Clock.GetUtcNow(), null]);
    }

    [Fact]
    public async Task Rotate_Ed25519_StaysEd25519()
    {
        var app = await host.ApplicationAsync();
        var pair = Convert.ToBase64String(
            Convert.FromHexString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
        var path = $"/app/{app}/endpoint/{await host.EndpointAsync(app, $$""","secret":"whsk_{{pair}}" """)}/secret";
        var old = (await host.Api.GetAsync(path)).Expect(200)["key"];

        (await host.Api.PostAsync($"{path}/rotate", "{}")).Expect(204);

        var key = (await host.Api.GetAsync(path)).Expect(200)["key"];
        (old[..5], key[..5]).ShouldBe(("whpk_", "whpk_"));
        key.ShouldNotBe(old);
    }

    [Fact]
    public async Task Rotate_TenOldKeysLive_IsRefusedUntilOneExpires()
    {
        var path = await PathAsync();
        for (var n = 0; n < 10; n++)
            (await host.Api.PostAsync($"{path}/rotate", """{"gracePeriodSeconds":60}""")).Expect(204);

        (await host.Api.PostAsync($"{path}/rotate", """{"gracePeriodSeconds":60}""")).Expect(400)["code"].ShouldBe("limit_reached");
        (await host.Api.PostAsync($"{path}/rotate", """{"gracePeriodSeconds":0}""")).Expect(204);
        host.Clock.Advance(TimeSpan.FromSeconds(60));
        (await host.Api.PostAsync($"{path}/rotate", """{"gracePeriodSeconds":60}""")).Expect(204);

        (await ExpiriesAsync(path)).Count.ShouldBe(2, "what expired is removed");
    }

    [Theory]
    [InlineData("""{"gracePeriodSeconds":-1}""", "body.gracePeriodSeconds")]
    [InlineData("""{"gracePeriodSeconds":604801}""", "body.gracePeriodSeconds")]
    [InlineData("""{"key":"whsec_short"}""", "body.key")]
    public async Task Rotate_Faulty_IsRefused(string body, string place) =>
        (await host.Api.PostAsync($"{await PathAsync()}/rotate", body)).Expect(422).Faults.Single().ShouldStartWith(place + ":");

    [Fact]
    public async Task Rotate_RepeatedWithItsKey_RotatesOnce()
    {
        var path = await PathAsync();
        (await host.Api.PostAsync($"{path}/rotate", "{}", "rotate-1")).Expect(204);
        var key = (await host.Api.GetAsync(path)).Expect(200)["key"];

        (await host.Api.PostAsync($"{path}/rotate", "{}", "rotate-1")).Expect(204);

        (await host.Api.GetAsync(path)).Expect(200)["key"].ShouldBe(key);
    }

    [Fact]
    public async Task Rotate_NoEndpoint_IsNotFound() =>
        (await host.Api.PostAsync($"/app/{await host.ApplicationAsync()}/endpoint/none/secret/rotate", "{}")).Expect(404);

    private async Task<string> PathAsync()
    {
        var app = await host.ApplicationAsync();
        return $"/app/{app}/endpoint/{await host.EndpointAsync(app)}/secret";
    }

    private async Task<List<DateTimeOffset?>> ExpiriesAsync(string path)
    {
        IdText.TryParse<EndpointId>(path.Split('/')[^2], out var id).ShouldBeTrue();
        return await host.ReadAsync(db => db.EndpointSecrets.Where(s => s.EndpointId == id).OrderBy(s => s.Id).Select(s => s.ExpiresAt).ToListAsync());
    }
}
