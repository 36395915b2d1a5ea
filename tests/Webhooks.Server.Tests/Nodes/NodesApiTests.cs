using Webhooks.Core.Nodes;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Nodes;

public sealed class NodesApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task List_Nodes_TellsWhatEachDoesAndWhetherItLives()
    {
        await SeenAsync("list-1", NodeRoles.Api | NodeRoles.Worker, Node.DeadAfter);
        await SeenAsync("list-2", NodeRoles.Dashboard, Node.DeadAfter + TimeSpan.FromSeconds(1));

        var answer = (await host.Api.GetAsync("/node?limit=2&iterator=list-0")).Expect(200);

        answer.List("name").ShouldBe(["list-1", "list-2"]);
        answer.List("alive").ShouldBe(["True", "False"]);
        answer.List("roles").ShouldBe(["""["api","worker"]""", """["dashboard"]"""]);
        answer.List("version").ShouldBe(["1.2.3", "1.2.3"]);
        answer.List("startedAt").ShouldAllBe(time => time == "2026-01-31T11:00:00.000000Z");
        answer.List("seenAt").ShouldBe(["2026-01-31T11:59:00.000000Z", "2026-01-31T11:58:59.000000Z"]);
    }

    [Fact]
    public async Task List_PageByPage_ShowsEveryNodeOnce()
    {
        foreach (var name in new[] { "page-b", "page-c", "page-a" })
            await SeenAsync(name, NodeRoles.All, TimeSpan.Zero);

        var first = (await host.Api.GetAsync("/node?limit=2&iterator=page-")).Expect(200);
        var second = (await host.Api.GetAsync($"/node?limit=2&iterator={first["iterator"]}")).Expect(200);

        first.List("name").ShouldBe(["page-a", "page-b"]);
        second.List("name").ShouldBe(["page-c"]);
    }

    [Fact]
    public async Task List_WithAKeyOfOneApplication_IsForbidden()
    {
        var app = await host.ApplicationAsync();
        var key = (await host.Api.PostAsync("/api-key", $$"""{"name":"n","scope":"application","applicationId":"{{app}}"}""")).Expect(201);

        (await host.As(key["key"]).GetAsync("/node")).Expect(403);
    }

    private Task SeenAsync(string name, NodeRoles roles, TimeSpan ago)
    {
        var now = host.Clock.GetUtcNow();
        return host.WriteAsync(db => db.Nodes.Add(
            new Node { Name = name, Roles = roles, Version = "1.2.3", StartedAt = now.AddHours(-1), SeenAt = now - ago }));
    }
}
