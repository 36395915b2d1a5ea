using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Data;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.EventTypes;

public sealed class EventTypesApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Schema = """{"type":"object","properties":{"a":{"$ref":"#/definitions/d"}},"definitions":{"d":{"type":"string"}}}""";

    [Fact]
    public async Task Create_WithSchema_ShowsItByteForByte()
    {
        var made = (await host.Api.PostAsync("/event-type", $$$"""{"name":"t.schema","description":"d","schemas":{ "1":{{{Schema}}} }}""")).Expect(201);

        made.Text.ShouldContain($$"""{ "1":{{Schema}} }""");
        (await host.Api.GetAsync("/event-type/t.schema")).Expect(200).Text.ShouldBe(made.Text);
        var listed = (await host.Api.GetAsync("/event-type?limit=250")).Expect(200);
        listed.Text.ShouldNotContain("definitions");
        (await host.Api.GetAsync("/event-type?limit=250&with_content=true")).Expect(200).Text.ShouldContain("definitions");
    }

    [Theory]
    [InlineData("""{"1":{"type":"banana"}}""")]
    [InlineData("""{"1":{"properties":[]}}""")]
    [InlineData("""{"1":{"properties":{"a":{"$ref":"#/definitions/none"}}}}""")]
    [InlineData("""{"1":{"properties":{"a":{"$ref":"http://127.0.0.1:1/schema.json"}}}}""")]
    [InlineData("""{"1":{"properties":{"a":{"$ref":"/etc/hostname"}}}}""")]
    [InlineData("""{"1":{"properties":{"a":{"type":["string","nope"]}}}}""")]
    [InlineData("""{"1":{"minLength":-1}}""")]
    [InlineData("""{"1":{"properties":{"a":{"pattern":"("}}}}""")]
    [InlineData("""{"1":{"patternProperties":{"[":{}}}}""")]
    [InlineData("""{"1":7}""")]
    public async Task Create_BrokenSchema_IsRefusedAtItsVersion(string schemas)
    {
        var answer = await host.Api.PostAsync("/event-type", $$"""{"name":"t.broken","description":"d","schemas":{{schemas}}}""");

        answer.Expect(422).Faults.ShouldHaveSingleItem().ShouldStartWith("body.schemas.1:");
    }

    [Fact]
    public async Task Create_BrokenSchema_IsRefusedWithoutWaitingForAnyWriter()
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WebhooksDbContext>();
        await using var writer = await host.Services.GetRequiredService<IWebhooksSql>().BeginWriteAsync(db, TestContext.Current.CancellationToken);

        (await host.Api.PostAsync("/event-type", """{"name":"t.beside","description":"d","schemas":{"1":7}}""")).Expect(422);
    }

    [Theory]
    [InlineData("""{"type":["object","null"],"properties":{"type":{"type":"string"},"b":{"items":[{"type":"integer"}]}},"additionalProperties":false}""")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","oneOf":[{"const":1},{"enum":["a",null]}],"examples":[{"a":1}],"x-own":{"type":"banana"}}""")]
    [InlineData("{}")]
    public async Task Create_UnusualButValidSchema_IsTaken(string schema)
    {
        var name = $"t.valid.{Guid.NewGuid():N}";

        (await host.Api.PostAsync("/event-type", $$$"""{"name":"{{{name}}}","description":"d","schemas":{"1":{{{schema}}}}}""")).Expect(201);
    }

    [Fact]
    public async Task Create_Existing_IsConflict()
    {
        await host.EventTypeAsync("t.twice");

        (await host.Api.PostAsync("/event-type", """{"name":"t.twice","description":"d"}""")).Expect(409)["code"].ShouldBe("event_type_exists");
    }

    [Fact]
    public async Task Create_Archived_BringsItBack()
    {
        (await host.Api.PostAsync("/event-type", """{"name":"t.archived","description":"d","archived":true}""")).Expect(201);
        (await host.Api.GetAsync("/event-type?limit=250")).List("name").ShouldNotContain("t.archived");
        (await host.Api.GetAsync("/event-type?limit=250&include_archived=true")).List("name").ShouldContain("t.archived");

        (await host.Api.PostAsync("/event-type", """{"name":"t.archived","description":"new"}""")).Expect(201)["description"].ShouldBe("new");

        (await host.Api.GetAsync("/event-type?limit=250")).List("name").ShouldContain("t.archived");
    }

    [Fact]
    public async Task List_ByName_PagesInBothDirections()
    {
        foreach (var name in new[] { "p.c", "p.a", "p.b" })
            await host.EventTypeAsync(name);

        var next = (await host.Api.GetAsync("/event-type?iterator=p.a&limit=2")).Expect(200);
        var back = (await host.Api.GetAsync("/event-type?iterator=-p.c&limit=2")).Expect(200);

        next.List("name").ShouldBe(["p.b", "p.c"]);
        back.List("name").ShouldBe(["p.a", "p.b"]);
        back["prevIterator"].ShouldBe("-p.a");
    }

    [Fact]
    public async Task Get_Unknown_IsNotFound() => (await host.Api.GetAsync("/event-type/t.none")).Expect(404);

    [Fact]
    public async Task Replace_UnknownName_CreatesItThenReplacesIt()
    {
        var made = (await host.Api.PutAsync("/event-type/t.put", """{"description":"d","featureFlag":"beta","schemas":{"1":{}}}""")).Expect(201);
        made["name"].ShouldBe("t.put");

        var replaced = (await host.Api.PutAsync("/event-type/t.put", """{"description":"e","deprecated":true}""")).Expect(200);

        replaced.Text.ShouldContain("\"description\":\"e\",\"archived\":false,\"deprecated\":true,\"featureFlag\":null,\"featureFlags\":null,\"schemas\":null");
        (await host.Api.GetAsync("/event-type/t.put")).Expect(200).Text.ShouldBe(replaced.Text);
    }

    [Fact]
    public async Task Replace_BadNameOrSchema_IsRefused()
    {
        (await host.Api.PutAsync("/event-type/a%20b", """{"description":"d"}""")).Expect(422).Faults.Single().ShouldStartWith("path.event_type_name:");
        (await host.Api.PutAsync("/event-type/t.bad", """{"description":"d","schemas":{"1":7}}""")).Expect(422).Faults.Single()
            .ShouldStartWith("body.schemas.1:");
        (await host.Api.GetAsync("/event-type/t.bad")).Expect(404);
    }

    [Fact]
    public async Task Patch_AbsentAndNull_AreToldApart()
    {
        (await host.Api.PutAsync("/event-type/t.patch", """{"description":"d","featureFlag":"beta","schemas":{ "1":{} }}""")).Expect(201);

        (await host.Api.PatchAsync("/event-type/t.patch", """{"deprecated":true}""")).Expect(200).Text
            .ShouldContain("\"deprecated\":true,\"featureFlag\":\"beta\",\"featureFlags\":[\"beta\"],\"schemas\":{ \"1\":{} }");
        (await host.Api.PatchAsync("/event-type/t.patch", """{"featureFlag":null,"schemas":null}""")).Expect(200).Text
            .ShouldContain("\"deprecated\":true,\"featureFlag\":null,\"featureFlags\":null,\"schemas\":null");
        (await host.Api.PatchAsync("/event-type/t.patch", """{"description":null}""")).Expect(422).Faults.Single().ShouldStartWith("body.description:");
        (await host.Api.PatchAsync("/event-type/t.none", "{}")).Expect(404);
    }

    [Fact]
    public async Task FeatureFlags_NewerNameOfTheFlag_IsTakenAndShown()
    {
        (await host.Api.PutAsync("/event-type/t.flags", """{"description":"d","featureFlags":["beta"]}""")).Expect(201).Text
            .ShouldContain("\"featureFlag\":\"beta\",\"featureFlags\":[\"beta\"]");
        (await host.Api.PatchAsync("/event-type/t.flags", "{}")).Expect(200)["featureFlag"].ShouldBe("beta");
        (await host.Api.PatchAsync("/event-type/t.flags", """{"featureFlags":null}""")).Expect(200).Text
            .ShouldContain("\"featureFlag\":null,\"featureFlags\":null");
        (await host.Api.PatchAsync("/event-type/t.flags", """{"featureFlags":["a","b"]}""")).Expect(422).Faults.Single()
            .ShouldStartWith("body.featureFlags:");
    }

    [Fact]
    public async Task Delete_WithoutExpunge_Archives()
    {
        await host.EventTypeAsync("t.delete");

        (await host.Api.DeleteAsync("/event-type/t.delete")).Expect(204).Text.ShouldBeEmpty();

        (await host.Api.GetAsync("/event-type/t.delete")).Expect(200)["archived"].ShouldBe("True");
        (await host.Api.GetAsync("/event-type?limit=250")).List("name").ShouldNotContain("t.delete");
    }

    [Fact]
    public async Task Delete_WithExpunge_Removes()
    {
        await host.EventTypeAsync("t.expunge");

        (await host.Api.DeleteAsync("/event-type/t.expunge?expunge=true")).Expect(204);

        (await host.Api.GetAsync("/event-type/t.expunge")).Expect(404);
        (await host.Api.DeleteAsync("/event-type/t.expunge")).Expect(404);
    }
}
