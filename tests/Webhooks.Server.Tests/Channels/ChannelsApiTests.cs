using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Channels;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Incidents;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Channels;

public sealed class ChannelsApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Path = "/channel";
    private const string Secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    public static readonly TheoryData<string, string, string> Types = new()
    {
        {
            "email",
            """{"host":"smtp.example.com","port":2525,"user":"u","password":"p4ssw0rd","from":"A <a@example.com>","to":["b@example.com"]}""",
            """{"host":"smtp.example.com","port":2525,"security":null,"user":"u","from":"A <a@example.com>","to":["b@example.com"],"url":null,"secretsSet":["password"]}"""
        },
        { "slack", """{"url":"https://hooks.example.com/services/s3cret"}""", Shown("null", "url") },
        { "teams", """{"url":"https://teams.example.com/workflows/s3cret"}""", Shown("null", "url") },
        { "pagerDuty", """{"routingKey":"s3cret"}""", Shown("null", "routingKey") },
        {
            "webhook", """{"url":"https://example.com/alerts","secret":"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"}""",
            Shown("\"https://example.com/alerts\"", "secret")
        },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Create_OfEachType_ComesBackWithoutItsSecrets(string type, string settings, string shown)
    {
        var made = (await host.Api.PostAsync(Path, $$"""{"name":"On-call","type":"{{type}}","settings":{{settings}}}""")).Expect(201);

        (made["name"], made["type"], made["disabled"]).ShouldBe(("On-call", type, "False"));
        made["settings"].ShouldBe(shown);
        (made["failingSince"], made["error"], made["checkedAt"]).ShouldBe(("", "", ""));
        (await host.Api.GetAsync($"{Path}/{made.Id}")).Expect(200).Text.ShouldBe(made.Text);
        var list = (await host.Api.GetAsync($"{Path}?limit=250")).Expect(200);
        list.List("id").ShouldContain(made.Id);
        foreach (var text in new[] { made.Text, list.Text })
        {
            text.ShouldNotContain("s3cret");
            text.ShouldNotContain("p4ssw0rd");
            text.ShouldNotContain(Secret);
        }
    }

    [Fact]
    public async Task Create_Any_KeepsItsSettingsEncrypted()
    {
        var made = await SlackAsync();

        IdText.TryParse<ChannelId>(made, out var id).ShouldBeTrue();
        var stored = await host.ReadAsync(db => db.Channels.Where(c => c.Id == id).Select(c => c.ProtectedSettings).SingleAsync());
        System.Text.Encoding.UTF8.GetString(stored).ShouldNotContain("hooks.example.com");
    }

    [Theory]
    [InlineData("email", "{}", "host, from, to")]
    [InlineData("slack", "{}", "url")]
    [InlineData("teams", """{"url":"https://example.com","secret":"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"}""", "secret")]
    [InlineData("pagerDuty", """{"host":"h"}""", "host, routingKey")]
    [InlineData("webhook", """{"url":"https://example.com"}""", "secret")]
    [InlineData("email", """{"host":"h","from":"a@b.c","to":["a@b.c"],"user":"u"}""", "password")]
    [InlineData("email", """{"host":"https://h","port":0,"security":"none","from":"x","to":["a@b.c","y"]}""", "host, port, security, from, to.[1]")]
    [InlineData("slack", """{"url":"http://example.com"}""", "url")]
    [InlineData("slack", """{"url":"https://127.0.0.1/x"}""", "url")]
    [InlineData("webhook", """{"url":"https://example.com","secret":"short"}""", "secret")]
    public async Task Create_WrongSettings_NamesEach(string type, string settings, string faulty)
    {
        var answer = (await host.Api.PostAsync(Path, $$"""{"name":"n","type":"{{type}}","settings":{{settings}}}""")).Expect(422);

        answer.Faults.Select(fault => fault.Split(':')[0]).ShouldBe(faulty.Split(", ").Select(field => $"body.settings.{field}"), ignoreOrder: true);
        answer.Text.ShouldNotContain("short");
    }

    [Fact]
    public async Task Replace_WithoutItsSecret_KeepsIt()
    {
        var made = (await host.Api.PostAsync(
            Path, $$$"""{"name":"n","type":"webhook","settings":{"url":"https://example.com/a","secret":"{{{Secret}}}"}}""")).Expect(201);

        var replaced = (await host.Api.PutAsync($"{Path}/{made.Id}", """{"name":"m","settings":{"url":"https://example.com/b"}}""")).Expect(200);

        (replaced["name"], replaced["settings"]).ShouldBe(("m", Shown("\"https://example.com/b\"", "secret")));
        (await StoredAsync(made.Id)).Secret.ShouldBe(Secret);
    }

    [Fact]
    public async Task Replace_LeavesOutWhatIsNoSecret_SetsItsDefault()
    {
        var made = (await host.Api.PostAsync(Path, """
            {"name":"n","type":"email","settings":{"host":"h","port":2525,"user":"u","password":"p","from":"a@b.c","to":["a@b.c"]}}
            """)).Expect(201);

        (await host.Api.PutAsync($"{Path}/{made.Id}", """{"name":"n","settings":{"host":"h","from":"a@b.c","to":["a@b.c"]}}""")).Expect(422)
            .Faults.ShouldHaveSingleItem().ShouldStartWith("body.settings.password: ");
        var replaced = (await host.Api.PutAsync(
            $"{Path}/{made.Id}", """{"name":"n","settings":{"host":"h","from":"a@b.c","to":["a@b.c"],"password":null}}""")).Expect(200);

        replaced.Json.GetProperty("settings").GetProperty("port").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task Patch_OneSetting_LeavesTheOthers()
    {
        var made = (await host.Api.PostAsync(
            Path, $$$"""{"name":"n","type":"webhook","settings":{"url":"https://example.com/a","secret":"{{{Secret}}}"}}""")).Expect(201);

        (await host.Api.PatchAsync($"{Path}/{made.Id}", """{"settings":{"url":"https://example.com/c"}}""")).Expect(200);

        var stored = await StoredAsync(made.Id);
        (stored.Url, stored.Secret).ShouldBe(("https://example.com/c", Secret));
        (await host.Api.PatchAsync($"{Path}/{made.Id}", """{"settings":{"secret":null}}""")).Expect(422);
        (await host.Api.PatchAsync($"{Path}/{made.Id}", """{"settings":{"host":"h"}}""")).Expect(422);
    }

    [Fact]
    public async Task Delete_PolicyNamesIt_IsConflictUntilItDoesNot()
    {
        var channel = await SlackAsync();
        var app = await host.ApplicationAsync();
        var policy = (await host.Api.PostAsync("/escalation-policy", $$"""
            {"name":"Night","applicationId":"{{app}}","steps":[{"afterMinutes":0,"channels":["{{channel}}"]}]}
            """)).Expect(201).Id;

        (await host.Api.DeleteAsync($"{Path}/{channel}")).Expect(409)["detail"].ShouldContain("Night");
        (await host.Api.DeleteAsync($"/escalation-policy/{policy}")).Expect(204);

        (await host.Api.DeleteAsync($"{Path}/{channel}")).Expect(204).Text.ShouldBeEmpty();
        (await host.Api.GetAsync($"{Path}/{channel}")).Expect(404);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DisableOrDelete_ChannelThatFails_ItsIncidentIsOver(bool isDeleted)
    {
        var channel = await SlackAsync();
        IdText.TryParse<ChannelId>(channel, out var id).ShouldBeTrue();
        await host.AtDeskAsync(desk => desk.ReportAsync(IncidentReport.Of(id, "It fails."), CancellationToken.None));
        await host.WriteAsync(db => db.Channels.AsTracking().Single(c => c.Id == id).FailingSince = host.Clock.GetUtcNow());

        if (isDeleted)
            (await host.Api.DeleteAsync($"{Path}/{channel}")).Expect(204);
        else
            (await host.Api.PatchAsync($"{Path}/{channel}", """{"disabled":true}""")).Expect(200)["failingSince"].ShouldBeEmpty();

        (await host.ReadAsync(db => db.Incidents.SingleAsync(i => i.ChannelId == id))).State.ShouldBe(IncidentState.Resolved);
    }

    [Fact]
    public async Task Create_RepeatedWithItsKey_IsOne()
    {
        const string Body = """{"name":"once","type":"slack","settings":{"url":"https://example.com/x"}}""";

        var first = (await host.Api.PostAsync(Path, Body, "channel-once")).Expect(201);

        (await host.Api.PostAsync(Path, Body, "channel-once")).Expect(201).Text.ShouldBe(first.Text);
    }

    [Theory]
    [InlineData("publish", false), InlineData("application", true)]
    public async Task AnyOperation_WithALesserKey_IsForbidden(string scope, bool ofAnApplication)
    {
        var key = await host.KeyAsync(scope, ofAnApplication ? await host.ApplicationAsync() : null);

        (await key.GetAsync(Path)).Expect(403);
        (await key.PostAsync($"{Path}/{await SlackAsync()}/test")).Expect(403);
        (await key.GetAsync("/notification")).Expect(403);
    }

    private async Task<string> SlackAsync() => (await host.Api.PostAsync(
        Path, """{"name":"n","type":"slack","settings":{"url":"https://hooks.example.com/services/x"}}""")).Expect(201).Id;

    private async Task<ChannelSettings> StoredAsync(string channel)
    {
        IdText.TryParse<ChannelId>(channel, out var id).ShouldBeTrue();
        var stored = await host.ReadAsync(db => db.Channels.SingleAsync(c => c.Id == id));
        return ((ChannelVault)host.Services.GetService(typeof(ChannelVault))!).Read(stored.ProtectedSettings)!;
    }

    private static string Shown(string url, string secret) =>
        $$"""{"host":null,"port":null,"security":null,"user":null,"from":null,"to":null,"url":{{url}},"secretsSet":["{{secret}}"]}""";
}
