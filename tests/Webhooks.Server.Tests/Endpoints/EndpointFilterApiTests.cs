using Webhooks.Core.Endpoints.Filters;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Endpoints;

/// <summary>Content filters over the API: kept as written, checked where they come in, and shown where they kept something back.</summary>
public sealed class EndpointFilterApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Filter = """{ "path":"$.n",  "gt":5.0 }""";

    private static readonly string[] Shown = ["status", "statusText", "state", "nextAttempt"];

    [Fact]
    public async Task Filter_Set_ComesBackAsItWasWritten()
    {
        var app = await host.ApplicationAsync();

        var made = (await host.Api.PostAsync(
            $"/app/{app}/endpoint", $$"""{"url":"https://example.com","uid":"f","filter":{{Filter}}}""")).Expect(201);

        made.Text.ShouldContain($"\"filter\":{Filter},");
        (await host.Api.GetAsync($"/app/{app}/endpoint/f")).Text.ShouldBe(made.Text);
        (await host.Api.GetAsync($"/app/{app}/endpoint")).Text.ShouldContain($"\"filter\":{Filter},");
    }

    [Fact]
    public async Task Filter_LeftOut_StaysAndNullClearsIt()
    {
        var (app, endpoint) = await EndpointAsync($",\"filter\":{Filter}");

        (await PutAsync(app, endpoint, "")).Expect(200).Text.ShouldContain($"\"filter\":{Filter},");
        (await host.Api.PatchAsync($"/app/{app}/endpoint/{endpoint}", """{"uid":null}""")).Text.ShouldContain($"\"filter\":{Filter},");
        (await PatchAsync(app, endpoint, """{"path":"$.n","eq":1}""")).Expect(200).Text.ShouldContain("""filter":{"path":"$.n","eq":1},""");
        (await PatchAsync(app, endpoint, "null")).Expect(200).Text.ShouldContain("\"filter\":null,");
        (await PutAsync(app, endpoint, $",\"filter\":{Filter}")).Expect(200).Text.ShouldContain($"\"filter\":{Filter},");
        (await PutAsync(app, endpoint, ",\"filter\":null")).Expect(200).Text.ShouldContain("\"filter\":null,");
    }

    [Theory]
    [InlineData("7", "body.filter: Must be an object.")]
    [InlineData("{}", "body.filter: Must have one, and only one,")]
    [InlineData("""{"path":"$.a"}""", "body.filter: Must have one or more of these beside 'path'")]
    [InlineData("""{"path":"a.b","eq":1}""", "body.filter.path: Is not a path (RFC 9535, singular query): a path begins with '$'")]
    [InlineData("""{"and":[{"path":"$..a","eq":1}]}""", "body.filter.and.[0].path: Is not a path")]
    [InlineData("""{"not":{"or":[{"path":"$","eq":1},{"path":"$","in":[{}]}]}}""", "body.filter.not.or.[1].in.[0]: Must be a string,")]
    [InlineData("""{"path":"$","regex":"x"}""", "body.filter.regex: Is not known.")]
    [InlineData("""{"path":"$","gt":true}""", "body.filter.gt: Must be a number or a string.")]
    [InlineData("""{"path":"$","prefix":7}""", "body.filter.prefix: Must be a string.")]
    [InlineData("""{"path":"$","exists":"yes"}""", "body.filter.exists: Must be true or false.")]
    [InlineData("""{"path":"$","in":[]}""", "body.filter.in: Must be a list of 1 to 1,000 values.")]
    [InlineData("""{"path":"$","eq":"\ud83d"}""", "body.filter.eq: ")]
    [InlineData(
        """{"not":{"not":{"not":{"not":{"not":{"not":{"not":{"not":{"path":"$","eq":1}}}}}}}}}""",
        "body.filter.not.not.not.not.not.not.not.not: Must not nest deeper than 8 levels.")]
    public async Task Filter_BreakingARule_IsRefusedAtItsPlace(string filter, string fault)
    {
        var (app, endpoint) = await EndpointAsync();

        (await host.Api.PostAsync($"/app/{app}/endpoint", $$"""{"url":"https://example.com","filter":{{filter}}}""")).Expect(422)
            .Faults.ShouldHaveSingleItem().ShouldStartWith(fault);
        (await PutAsync(app, endpoint, $",\"filter\":{filter}")).Expect(422).Faults.ShouldHaveSingleItem().ShouldStartWith(fault);
        (await PatchAsync(app, endpoint, filter)).Expect(422).Faults.ShouldHaveSingleItem().ShouldStartWith(fault);
    }

    [Fact]
    public async Task Filter_SeveralFaults_AreToldAtOnceWithThoseOfOtherFields()
    {
        var app = await host.ApplicationAsync();

        var answer = await host.Api.PostAsync(
            $"/app/{app}/endpoint", """{"url":"","filter":{"and":[{"path":"x","eq":{}},{"path":"$","exists":1}]}}""");

        answer.Expect(422).Faults.Select(fault => fault.Split(':')[0]).ShouldBe(
            ["body.url", "body.filter.and.[0].path", "body.filter.and.[0].eq", "body.filter.and.[1].exists"]);
    }

    [Fact]
    public async Task Filter_TooLong_IsRefused()
    {
        var (app, endpoint) = await EndpointAsync();

        var answer = await PatchAsync(app, endpoint, $$"""{"path":"$","eq":"{{new string('x', ContentFilter.MaxBytes)}}"}""");

        answer.Expect(422).Faults.ShouldBe(["body.filter: Must not be longer than 16,384 bytes of JSON."]);
    }

    [Fact]
    public async Task Publish_NotLetThrough_IsShownAsCanceledAndFilteredAndCanBeSentAgain()
    {
        var (app, endpoint) = await EndpointAsync($",\"filter\":{Filter}");
        var wanted = (await host.Api.PostAsync($"/app/{app}/msg", """{"eventType":"a","payload":{"n":6}}""")).Expect(202).Id;
        var unwanted = (await host.Api.PostAsync($"/app/{app}/msg", """{"eventType":"a","payload":{"n":5}}""")).Expect(202).Id;

        var there = (await host.Api.GetAsync($"/app/{app}/msg/{unwanted}/endpoint")).Expect(200);

        Shown.Select(field => there.List(field).Single()).ShouldBe(["4", "canceled", "filtered", ""]);
        (await host.Api.GetAsync($"/app/{app}/endpoint/{endpoint}/msg?status=4")).List("id").ShouldBe([unwanted]);
        (await host.Api.GetAsync($"/app/{app}/endpoint/{endpoint}/msg?status=1")).List("id").ShouldBe([wanted]);
        (await host.Api.GetAsync($"/app/{app}/endpoint/{endpoint}/stats")).Text
            .ShouldBe("""{"success":0,"pending":1,"sending":0,"fail":0,"canceled":1}""");
        (await host.Api.PostAsync($"/app/{app}/msg/{unwanted}/endpoint/{endpoint}/resend")).Expect(202);
        (await host.Api.GetAsync($"/app/{app}/msg/{unwanted}/endpoint")).List("state").ShouldBe(["waiting"]);
    }

    [Fact]
    public async Task SendExample_NotLetThrough_SaysSo()
    {
        const string Example = """{"description":"d","schemas":{"1":{"examples":[{"n":5}]}}}""";
        (await host.Api.PutAsync("/event-type/filter.example", Example)).Expect(201);
        var (app, endpoint) = await EndpointAsync($",\"filter\":{Filter}");

        var answer = (await SendExampleAsync(app, endpoint, "filter.example")).Expect(400);

        answer["code"].ShouldBe("filtered");
        answer["detail"].ShouldContain("The endpoint's filter");
        (await SendExampleAsync(app, endpoint, "svix.ping")).Expect(200);
        (await PatchAsync(app, endpoint, """{"path":"$.n","eq":5}""")).Expect(200);
        (await SendExampleAsync(app, endpoint, "filter.example")).Expect(200);
    }

    [Theory]
    [InlineData("""{"n":6}""", """{"matches":true,"why":null}""")]
    [InlineData("""{"n":5}""", """{"matches":false,"why":{"loc":["filter","gt"],"msg":"The number at $.n must be greater."}}""")]
    [InlineData("""{"n":"6"}""", """{"matches":false,"why":{"loc":["filter","gt"],"msg":"The string at $.n must be greater."}}""")]
    [InlineData("{}", """{"matches":false,"why":{"loc":["filter","gt"],"msg":"There is nothing at $.n, which must be greater."}}""")]
    public async Task Test_SavedFilter_SaysWhy(string payload, string expected)
    {
        var (app, endpoint) = await EndpointAsync($",\"filter\":{Filter}");

        (await TestAsync(app, endpoint, $$"""{"payload":{{payload}}}""")).Expect(200).Text.ShouldBe(expected);
    }

    [Theory]
    [InlineData("""{"or":[{"path":"$.n","eq":1},{"path":"$.m","exists":true}]}""", """["filter","or"]""")]
    [InlineData("""{"and":[{"path":"$.n","eq":5},{"not":{"path":"$.n","lt":9}}]}""", """["filter","and","[1]","not"]""")]
    public async Task Test_UnsavedFilter_IsTriedInsteadAndNotSaved(string filter, string loc)
    {
        var (app, endpoint) = await EndpointAsync($",\"filter\":{Filter}");

        (await TestAsync(app, endpoint, $$"""{"payload":{"n":5},"filter":{{filter}}}""")).Expect(200).Text.ShouldContain($"\"loc\":{loc},");
        (await TestAsync(app, endpoint, """{"payload":{"n":5},"filter":null}""")).Expect(200)["matches"].ShouldBe("True");
        (await host.Api.GetAsync($"/app/{app}/endpoint/{endpoint}")).Text.ShouldContain($"\"filter\":{Filter},");
        (await host.Api.GetAsync($"/app/{app}/msg")).List("id").ShouldBeEmpty();
    }

    [Fact]
    public async Task Test_FaultyOrNowhere_IsRefused()
    {
        var (app, endpoint) = await EndpointAsync();

        (await TestAsync(app, endpoint, """{"payload":7,"filter":{"path":"$","eq":{}}}""")).Expect(422)
            .Faults.Select(fault => fault.Split(':')[0]).ShouldBe(["body.payload", "body.filter.eq"]);
        (await TestAsync(app, "none", """{"payload":{}}""")).Expect(404);
        (await TestAsync(app, endpoint, """{"payload":{}}""")).Expect(200)["matches"].ShouldBe("True");
    }

    private Task<ApiAnswer> TestAsync(string app, string endpoint, string body) =>
        host.Api.PostAsync($"/app/{app}/endpoint/{endpoint}/filter/test", body);

    private Task<ApiAnswer> SendExampleAsync(string app, string endpoint, string type) =>
        host.Api.PostAsync($"/app/{app}/endpoint/{endpoint}/send-example", $$"""{"eventType":"{{type}}"}""");

    private Task<ApiAnswer> PutAsync(string app, string endpoint, string more) =>
        host.Api.PutAsync($"/app/{app}/endpoint/{endpoint}", $$"""{"url":"https://example.com"{{more}}}""");

    private Task<ApiAnswer> PatchAsync(string app, string endpoint, string filter) =>
        host.Api.PatchAsync($"/app/{app}/endpoint/{endpoint}", $$"""{"filter":{{filter}}}""");

    private async Task<(string App, string Endpoint)> EndpointAsync(string more = "")
    {
        var app = await host.ApplicationAsync();
        return (app, await host.EndpointAsync(app, more));
    }
}
