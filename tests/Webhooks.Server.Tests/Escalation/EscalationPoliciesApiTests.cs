using Webhooks.Core.Channels;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Escalation;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Escalation;

public sealed class EscalationPoliciesApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Create_ForAnApplication_IsShownAsItWasSent()
    {
        var (app, first, second) = (await host.ApplicationAsync("policy-app"), await host.ChannelAsync(), await host.ChannelAsync());

        var made = (await host.Api.PostAsync("/escalation-policy", $$"""
            {"name":"On call","applicationId":"policy-app","repeatEveryMinutes":60,
            "steps":[{"afterMinutes":0,"channels":["{{first}}"]},{"afterMinutes":15,"channels":["{{first}}","{{second}}"]}]}
            """)).Expect(201);

        var shown = (await host.Api.GetAsync($"/escalation-policy/{made.Id}")).Expect(200);
        shown.Text.ShouldBe(made.Text);
        (shown["name"], shown["applicationId"], shown["repeatEveryMinutes"]).ShouldBe(("On call", app, "60"));
        shown["steps"].ShouldBe(
            $$"""[{"afterMinutes":0,"channels":["{{first}}"]},{"afterMinutes":15,"channels":["{{first}}","{{second}}"]}]""");
        (await host.Api.GetAsync("/escalation-policy")).Expect(200).List("id").ShouldContain(made.Id);
    }

    [Fact]
    public async Task Create_ASecondForTheSame_IsAConflict()
    {
        var (app, channel) = (await host.ApplicationAsync(), await host.ChannelAsync());
        (await CreateAsync(channel, app)).Expect(201);
        (await CreateAsync(channel, null)).Expect(201);

        (await CreateAsync(channel, app)).Expect(409)["detail"].ShouldContain("This application has");
        (await CreateAsync(channel, null)).Expect(409)["detail"].ShouldContain("default policy");
    }

    [Fact]
    public async Task Create_WithFaults_NamesAllAtOnce()
    {
        var answer = (await host.Api.PostAsync("/escalation-policy", """
            {"name":"","repeatEveryMinutes":1,"steps":[{"afterMinutes":15,"channels":[]},{"afterMinutes":15},7]}
            """)).Expect(422);

        answer.Faults.ShouldBe(
        [
            "body.steps.[0].channels: Must have 1 to 20 entries.",
            "body.steps.[1].channels: Is required.",
            "body.steps.[2]: Must be an object.",
            "body.name: Must have 1 to 256 characters.",
            "body.repeatEveryMinutes: Must be a whole number from 5 to 10080.",
        ]);
    }

    [Theory]
    [InlineData(15, 15)]
    [InlineData(15, 0)]
    public async Task Create_StepsThatDoNotRise_AreRefused(int first, int second)
    {
        var channel = await host.ChannelAsync();

        var answer = (await host.Api.PostAsync("/escalation-policy", $$"""
            {"name":"p","steps":[
            {"afterMinutes":{{first}},"channels":["{{channel}}"]},{"afterMinutes":{{second}},"channels":["{{channel}}"]}]}
            """)).Expect(422);

        answer.Faults.ShouldBe(["body.steps.[1].afterMinutes: Must be more than that of the step before."]);
    }

    [Fact]
    public async Task Create_ChannelsThatAreNotThere_AreEachNamed()
    {
        var (app, channel) = (await host.ApplicationAsync(), await host.ChannelAsync());

        var answer = (await host.Api.PostAsync("/escalation-policy", $$"""
            {"name":"p","applicationId":"{{app}}","steps":[
            {"afterMinutes":0,"channels":["{{channel}}","none"]},{"afterMinutes":5,"channels":["{{new ChannelId(1)}}"]}]}
            """)).Expect(422);

        answer.Faults.ShouldBe(
        [
            "body.steps.[0].channels.[1]: There is no channel with this id; create it first.",
            "body.steps.[1].channels.[0]: There is no channel with this id; create it first.",
        ]);
    }

    [Fact]
    public async Task Create_ForAnApplicationThatIsNotThere_NamesIt() =>
        (await CreateAsync(await host.ChannelAsync(), "nobody")).Expect(422).Faults
            .ShouldBe(["body.applicationId: There is no such application."]);

    [Fact]
    public async Task Update_ReplacesItsSettingsAndKeepsWhoseItIs()
    {
        var (app, channel) = (await host.ApplicationAsync(), await host.ChannelAsync());
        var made = (await CreateAsync(channel, app)).Expect(201);

        var changed = (await host.Api.PutAsync($"/escalation-policy/{made.Id}", $$"""
            {"name":"Nights","steps":[{"afterMinutes":30,"channels":["{{channel}}"]}]}
            """)).Expect(200);

        (changed["name"], changed["applicationId"], changed["repeatEveryMinutes"]).ShouldBe(("Nights", app, ""));
        (await host.Api.GetAsync($"/escalation-policy/{made.Id}")).Expect(200).Text.ShouldBe(changed.Text);
    }

    [Fact]
    public async Task Delete_IsGone()
    {
        var made = (await CreateAsync(await host.ChannelAsync(), await host.ApplicationAsync())).Expect(201);

        (await host.Api.DeleteAsync($"/escalation-policy/{made.Id}")).Expect(204);

        (await host.Api.GetAsync($"/escalation-policy/{made.Id}")).Expect(404);
        (await host.Api.DeleteAsync($"/escalation-policy/{made.Id}")).Expect(404);
        var late = await host.Api.PutAsync(
            $"/escalation-policy/{made.Id}", """{"name":"p","steps":[{"afterMinutes":0,"channels":["c"]}]}""");
        late.Expect(404);
    }

    [Fact]
    public async Task Using_AChannelInSomePolicy_NamesThosePolicies()
    {
        var (used, unused) = (await host.ChannelAsync(), await host.ChannelAsync());
        (await CreateAsync(used, await host.ApplicationAsync())).Expect(201);

        (await UsingAsync(used)).ShouldBe(["p"]);
        (await UsingAsync(unused)).ShouldBeEmpty();
    }

    private Task<IReadOnlyList<string>> UsingAsync(string channel)
    {
        IdText.TryParse<ChannelId>(channel, out var id).ShouldBeTrue();
        return host.ReadAsync(db => db.EscalationPolicies.UsingAsync(id, TestContext.Current.CancellationToken));
    }

    private Task<ApiAnswer> CreateAsync(string channel, string? app) => host.Api.PostAsync("/escalation-policy", $$"""
        {"name":"p","applicationId":{{(app is null ? "null" : $"\"{app}\"")}},"steps":[{"afterMinutes":0,"channels":["{{channel}}"]}]}
        """);
}
