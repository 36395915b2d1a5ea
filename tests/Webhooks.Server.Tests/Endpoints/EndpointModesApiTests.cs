using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Endpoints;

/// <summary>How an endpoint's deliveries are made: their time, their order, and what follows when nobody knows.</summary>
public sealed class EndpointModesApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Modes = ""","unknownOutcome":"deadLetter","receiptUrl":"https://example.com/receipt","attemptTimeoutSeconds":20,"ordered":true,"parkAfter":3""";

    [Fact]
    public async Task Create_WithoutModes_HasTheDeployments()
    {
        var app = await host.ApplicationAsync();

        var made = (await host.Api.PostAsync($"/app/{app}/endpoint", """{"url":"https://example.com/hook"}""")).Expect(201);

        made.Text.ShouldContain(
            ""","unknownOutcome":"resend","receiptUrl":null,"attemptTimeoutSeconds":null,"ordered":false,"parkAfter":null,"paused":false,""");
    }

    [Fact]
    public async Task Create_WithModes_KeepsThem()
    {
        var app = await host.ApplicationAsync();

        var made = (await host.Api.PostAsync($"/app/{app}/endpoint", $$"""{"url":"https://example.com/hook"{{Modes}}}""")).Expect(201);

        made.Text.ShouldContain(Modes);
        (await host.Api.GetAsync($"/app/{app}/endpoint/{made.Id}")).Expect(200).Text.ShouldBe(made.Text);
        IdText.TryParse<EndpointId>(made.Id, out var id).ShouldBeTrue();
        var stored = await host.ReadAsync(db => db.Endpoints.AsNoTracking().SingleAsync(e => e.Id == id));
        (stored.AttemptTimeout, stored.UnknownOutcomePolicy, stored.Ordered, stored.ParkAfter)
            .ShouldBe((TimeSpan.FromSeconds(20), UnknownOutcomePolicy.DeadLetter, true, 3));
    }

    [Fact]
    public async Task Replace_ModesLeftOut_Stay()
    {
        var app = await host.ApplicationAsync();
        var id = await host.EndpointAsync(app, Modes);

        var put = (await host.Api.PutAsync($"/app/{app}/endpoint/{id}", """{"url":"https://example.com/new"}""")).Expect(200);

        (put["attemptTimeoutSeconds"], put["unknownOutcome"], put["ordered"], put["parkAfter"]).ShouldBe(("20", "deadLetter", "True", "3"));
    }

    [Fact]
    public async Task Patch_Modes_ChangesThoseSentAndNullClears()
    {
        var app = await host.ApplicationAsync();
        var id = await host.EndpointAsync(app, Modes);

        var patched = await host.Api.PatchAsync($"/app/{app}/endpoint/{id}", """{"attemptTimeoutSeconds":null,"ordered":false}""");

        patched.Expect(200).Text.ShouldContain(
            ""","unknownOutcome":"deadLetter","receiptUrl":"https://example.com/receipt","attemptTimeoutSeconds":null,"ordered":false,"parkAfter":3,""");
    }

    [Theory]
    [InlineData(0, "from 1 to 60"), InlineData(61, "from 1 to 60"), InlineData(26, "25 at most"), InlineData(60, "25 at most")]
    public async Task Create_TimeoutThatTheLeaseDoesNotAllow_NamesTheRule(int seconds, string rule)
    {
        var app = await host.ApplicationAsync();

        var answer = await host.Api.PostAsync(
            $"/app/{app}/endpoint", $$"""{"url":"https://example.com","attemptTimeoutSeconds":{{seconds}}}""");

        var fault = answer.Expect(422).Faults.ShouldHaveSingleItem();
        fault.ShouldStartWith("body.attemptTimeoutSeconds: ");
        fault.ShouldContain(rule);
    }

    [Fact]
    public async Task Create_LongestTimeoutThatTheLeaseAllows_IsTaken() =>
        await host.EndpointAsync(await host.ApplicationAsync(), ",\"attemptTimeoutSeconds\":25");

    [Theory]
    [InlineData("\"ordered\":1", "body.ordered: Must be true or false.")]
    [InlineData("\"parkAfter\":0", "body.parkAfter: Must be a whole number from 1 to 30.")]
    [InlineData("\"parkAfter\":31", "body.parkAfter: Must be a whole number from 1 to 30.")]
    [InlineData("\"unknownOutcome\":\"guess\"", "body.unknownOutcome: Must be one of: resend, hold, deadLetter.")]
    [InlineData("\"attemptTimeoutSeconds\":\"15\"", "body.attemptTimeoutSeconds: Must be a whole number.")]
    public async Task Patch_FaultyMode_NamesTheRule(string field, string fault)
    {
        var app = await host.ApplicationAsync();
        var id = await host.EndpointAsync(app);

        (await host.Api.PatchAsync($"/app/{app}/endpoint/{id}", $"{{{field}}}")).Expect(422).Faults.ShouldBe([fault]);
    }

    [Theory]
    [InlineData("ftp://example.com"), InlineData("example.com/receipt"), InlineData("http://10.0.0.1/receipt")]
    [InlineData("https://user:pass@example.com/"), InlineData("https://example.com/#a"), InlineData("")]
    public async Task Any_ReceiptUrlThatMustNotBeAsked_IsRefused(string url)
    {
        var app = await host.ApplicationAsync();
        var id = await host.EndpointAsync(app);

        foreach (var answer in new[]
        {
            await host.Api.PostAsync($"/app/{app}/endpoint", $$"""{"url":"https://example.com","receiptUrl":"{{url}}"}"""),
            await host.Api.PutAsync($"/app/{app}/endpoint/{id}", $$"""{"url":"https://example.com","receiptUrl":"{{url}}"}"""),
            await host.Api.PatchAsync($"/app/{app}/endpoint/{id}", $$"""{"receiptUrl":"{{url}}"}"""),
        })
            answer.Expect(422).Faults.ShouldHaveSingleItem().ShouldStartWith("body.receiptUrl:");
    }

    [Fact]
    public async Task Patch_ReceiptUrl_IsSetAndNullClears()
    {
        var app = await host.ApplicationAsync();
        var id = await host.EndpointAsync(app);

        (await host.Api.PatchAsync($"/app/{app}/endpoint/{id}", """{"receiptUrl":"https://example.com/r"}""")).Expect(200)["receiptUrl"]
            .ShouldBe("https://example.com/r");
        (await host.Api.PatchAsync($"/app/{app}/endpoint/{id}", """{"description":"D"}""")).Expect(200)["receiptUrl"]
            .ShouldBe("https://example.com/r");
        (await host.Api.PatchAsync($"/app/{app}/endpoint/{id}", """{"receiptUrl":null}""")).Expect(200)["receiptUrl"].ShouldBe("");
    }

    [Fact]
    public async Task Create_AllModesFaulty_TellsAllAtOnce()
    {
        var app = await host.ApplicationAsync();

        var answer = (await host.Api.PostAsync($"/app/{app}/endpoint", """
            {"url":"https://example.com","attemptTimeoutSeconds":26,"unknownOutcome":7,"ordered":"yes","parkAfter":-1}
            """)).Expect(422);

        answer.Faults.Select(f => f.Split(':')[0]).ShouldBe(
            ["body.attemptTimeoutSeconds", "body.unknownOutcome", "body.ordered", "body.parkAfter"], ignoreOrder: true);
    }
}
