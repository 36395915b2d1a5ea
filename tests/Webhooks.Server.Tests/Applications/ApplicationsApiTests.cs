using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Applications;

public sealed class ApplicationsApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Create_AllFields_ComeBack()
    {
        var made = (await host.Api.PostAsync("/app", """{"name":"Acme","uid":"acme","throttleRate":7,"metadata":{"plan":"gold"},"new":1}""")).Expect(201);

        made.Id.ShouldStartWith("app_");
        made.Text.ShouldContain("\"uid\":\"acme\",\"name\":\"Acme\",\"throttleRate\":7,\"metadata\":{\"plan\":\"gold\"}");
        made["createdAt"].ShouldBe(host.Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"));
        (await host.Api.GetAsync("/app/acme/")).Expect(200).Text.ShouldBe(made.Text);
        (await host.Api.GetAsync($"/app/{made.Id}")).Expect(200).Text.ShouldBe(made.Text);
    }

    [Fact]
    public async Task Create_OnlyAName_ShowsNulls()
    {
        var made = (await host.Api.PostAsync("/app", """{"name":"n","uid":null,"rateLimit":null}""")).Expect(201);

        made.Text.ShouldContain("\"uid\":null");
        made.Text.ShouldContain("\"throttleRate\":null,\"metadata\":{}");
    }

    [Fact]
    public async Task Create_TakenUid_IsConflictUnlessTheExistingOneIsWanted()
    {
        var id = await host.ApplicationAsync("taken");

        (await host.Api.PostAsync("/app", """{"name":"b","uid":"taken"}""")).Expect(409)["code"].ShouldBe("conflict");
        (await host.Api.PostAsync("/app?get_if_exists=true", """{"name":"b","uid":"taken"}""")).Expect(200).Id.ShouldBe(id);
        (await host.Api.PostAsync("/app?get_if_exists=true", """{"name":"b","uid":"not-taken"}""")).Expect(201);
    }

    [Fact]
    public async Task Create_EverythingWrong_TellsAllFaultsWithTheirPlaces()
    {
        var answer = (await host.Api.PostAsync("/app", """{"name":"","uid":"app_1","rateLimit":0,"metadata":{"a":1,"b":"x\u0000"}}""")).Expect(422);

        answer.Faults.Select(f => f.Split(':')[0]).ShouldBe(["body.name", "body.uid", "body.throttleRate", "body.metadata.a", "body.metadata.b"]);
        answer.Json.GetProperty("detail")[0].GetProperty("type").GetString().ShouldBe("value_error");
    }

    [Fact]
    public async Task Create_MetadataTooLong_IsRefused()
    {
        var answer = await host.Api.PostAsync("/app", $$$"""{"name":"n","metadata":{"a":"{{{new string('x', 4_096)}}}"}}""");

        answer.Expect(422).Faults.ShouldHaveSingleItem().ShouldStartWith("body.metadata:");
    }

    [Fact]
    public async Task Delete_Application_FreesTheUidAndHidesIt()
    {
        var id = await host.ApplicationAsync("gone");
        await host.EndpointAsync(id);

        (await host.Api.DeleteAsync("/app/gone")).Expect(204).Text.ShouldBeEmpty();

        (await host.Api.GetAsync($"/app/{id}")).Expect(404)["code"].ShouldBe("not_found");
        (await host.Api.DeleteAsync($"/app/{id}")).Expect(404);
        (await host.Api.GetAsync($"/app/{id}/endpoint")).Expect(404);
        (await host.ApplicationAsync("gone")).ShouldNotBe(id);
    }

    [Fact]
    public async Task Replace_UnknownUid_CreatesItUnderThatUid()
    {
        var made = (await host.Api.PutAsync("/app/put-new", """{"name":"n"}""")).Expect(201);

        made["uid"].ShouldBe("put-new");
        var repeated = (await host.Api.PutAsync("/app/put-new", """{"name":"n"}""")).Expect(200);
        (repeated.Id, repeated["uid"]).ShouldBe((made.Id, "put-new"));
    }

    [Fact]
    public async Task Replace_Existing_ResetsWhatIsLeftOut()
    {
        var made = (await host.Api.PostAsync("/app", """{"name":"a","uid":"put-old","throttleRate":7,"metadata":{"a":"1"}}""")).Expect(201);
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        var replaced = (await host.Api.PutAsync($"/app/{made.Id}", """{"name":"b"}""")).Expect(200);

        replaced.Text.ShouldContain("\"uid\":null,\"name\":\"b\",\"throttleRate\":null,\"metadata\":{}");
        replaced["createdAt"].ShouldBe(made["createdAt"]);
        replaced["updatedAt"].ShouldNotBe(made["updatedAt"]);
        (await host.Api.GetAsync($"/app/{made.Id}")).Expect(200).Text.ShouldBe(replaced.Text);
    }

    [Fact]
    public async Task Replace_IdThatIsNotThere_IsNotFound() =>
        (await host.Api.PutAsync($"/app/{host.Ids.New<ApplicationId>()}", """{"name":"n"}""")).Expect(404);

    [Fact]
    public async Task ReplaceAndPatch_TakenUid_AreConflicts()
    {
        await host.ApplicationAsync("held-uid");
        var other = await host.ApplicationAsync();

        (await host.Api.PutAsync($"/app/{other}", """{"name":"n","uid":"held-uid"}""")).Expect(409)["code"].ShouldBe("conflict");
        (await host.Api.PatchAsync($"/app/{other}", """{"uid":"held-uid"}""")).Expect(409);
        (await host.Api.PatchAsync("/app/held-uid", """{"uid":"held-uid"}""")).Expect(200);
    }

    [Theory]
    [InlineData("{}", "\"uid\":\"UID\",\"name\":\"a\",\"throttleRate\":7,\"metadata\":{\"a\":\"1\"}")]
    [InlineData("""{"uid":null}""", "\"uid\":null,\"name\":\"a\",\"throttleRate\":7")]
    [InlineData("""{"rateLimit":null,"name":"b"}""", "\"name\":\"b\",\"throttleRate\":null")]
    [InlineData("""{"metadata":{"b":"2"}}""", "\"metadata\":{\"b\":\"2\"}")]
    [InlineData("""{"metadata":null}""", "\"metadata\":{}")]
    public async Task Patch_AbsentAndNull_AreToldApart(string patch, string expected)
    {
        var uid = $"patch-{Guid.NewGuid():N}";
        (await host.Api.PostAsync("/app", $$$"""{"name":"a","uid":"{{{uid}}}","throttleRate":7,"metadata":{"a":"1"}}""")).Expect(201);

        var patched = (await host.Api.PatchAsync($"/app/{uid}", patch)).Expect(200);

        patched.Text.ShouldContain(expected.Replace("UID", uid, StringComparison.Ordinal));
        (await host.Api.GetAsync($"/app/{patched.Id}")).Expect(200).Text.ShouldBe(patched.Text);
    }

    [Fact]
    public async Task Patch_EverythingWrong_TellsAllFaults()
    {
        var app = await host.ApplicationAsync();

        var answer = (await host.Api.PatchAsync($"/app/{app}", """{"name":null,"uid":"app_x","throttleRate":"1","metadata":[]}""")).Expect(422);

        answer.Faults.Select(f => f.Split(':')[0]).ShouldBe(["body.name", "body.uid", "body.throttleRate", "body.metadata"]);
    }

    [Fact]
    public async Task List_BothOrders_AreByIdAndMirrored()
    {
        var first = await host.ApplicationAsync();
        var second = await host.ApplicationAsync();

        var up = (await host.Api.GetAsync("/app?limit=250")).Expect(200).List("id");
        var down = (await host.Api.GetAsync("/app?limit=250&order=descending")).Expect(200).List("id");

        up.ShouldBe(down.Reverse());
        up.ShouldBe(up.Order(StringComparer.Ordinal));
        up.ShouldContain(first);
        up.ShouldContain(second);
    }
}
