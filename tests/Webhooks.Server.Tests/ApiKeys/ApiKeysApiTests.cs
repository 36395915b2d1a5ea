using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.ApiKeys;

public sealed class ApiKeysApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Create_FullKey_ShowsItOnceAndItWorks()
    {
        var made = (await host.Api.PostAsync("/api-key", """{"name":"ci","scope":"full"}""")).Expect(201);

        made["key"].ShouldStartWith("whk_");
        made.Id.ShouldStartWith("key_");
        var listed = (await host.As(made["key"]).GetAsync("/api-key")).Expect(200);
        listed.List("id").ShouldContain(made.Id);
        listed.Text.ShouldNotContain(made["key"]);
    }

    [Fact]
    public async Task Create_EverythingWrong_TellsAllFaultsAtOnce()
    {
        var answer = (await host.Api.PostAsync("/api-key", """{"name":"","scope":"root","expiresAt":"tomorrow"}""")).Expect(422);

        answer.Faults.Select(f => f.Split(':')[0]).ShouldBe(["body.name", "body.scope", "body.expiresAt"]);
    }

    [Fact]
    public async Task List_PagesForwardsAndBackwards_MeetsEachKeyOnce()
    {
        for (var i = 0; i < 5; i++)
            (await host.Api.PostAsync("/api-key", $$"""{"name":"p{{i}}","scope":"publish"}""")).Expect(201);
        var all = (await host.Api.GetAsync("/api-key")).List("id");

        var first = (await host.Api.GetAsync("/api-key?limit=2")).Expect(200);
        var second = (await host.Api.GetAsync($"/api-key?limit=2&iterator={first["iterator"]}")).Expect(200);
        var back = (await host.Api.GetAsync($"/api-key?limit=2&iterator={second["prevIterator"]}")).Expect(200);

        first.List("id").Concat(second.List("id")).ShouldBe(all.Take(4));
        back.List("id").ShouldBe(first.List("id"));
        first["done"].ShouldBe("False");
    }

    [Fact]
    public async Task Revoke_LiveKey_IsRefusedAtOnce()
    {
        var made = await host.Api.PostAsync("/api-key", """{"name":"short-lived","scope":"full"}""");
        (await host.As(made["key"]).GetAsync("/api-key")).Expect(200);

        (await host.Api.DeleteAsync($"/api-key/{made.Id}")).Expect(204);

        (await host.As(made["key"]).GetAsync("/api-key")).Expect(401)["code"].ShouldBe("authentication_failed");
    }
}
