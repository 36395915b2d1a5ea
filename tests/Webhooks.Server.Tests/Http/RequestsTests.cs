using System.Text;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Http;

public sealed class RequestsTests(ApiHost host) : IClassFixture<ApiHost>
{
    public static TheoryData<string, byte[]> BrokenBodies => new()
    {
        { "empty", [] },
        { "no JSON", "nonsense"u8.ToArray() },
        { "cut off", "{\"name\":\"x\""u8.ToArray() },
        { "two values", "{}{}"u8.ToArray() },
        { "comment", "{/* */}"u8.ToArray() },
        { "trailing comma", "{\"name\":\"x\",}"u8.ToArray() },
        { "broken UTF-8", [.. "{\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8] },
        { "UTF-16", Encoding.Unicode.GetBytes("{\"name\":\"x\"}") },
        { "raw NUL", "{\"name\":\"a\0b\"}"u8.ToArray() },
        { "a name twice", "{\"name\":\"x\",\"name\":\"y\"}"u8.ToArray() },
        { "a name twice by an escape", "{\"name\":\"x\",\"n\\u0061me\":\"y\"}"u8.ToArray() },
        { "too deep", Encoding.ASCII.GetBytes("{\"name\":" + new string('[', 5_000) + new string(']', 5_000) + "}") },
        { "half a pair in a name", "{\"\\ud800\":1}"u8.ToArray() },
    };

    [Theory]
    [MemberData(nameof(BrokenBodies))]
    public async Task Post_BrokenBody_IsUnprocessable(string what, byte[] body)
    {
        var answer = (await host.Api.SendAsync(HttpMethod.Post, "/app", body)).Expect(422);

        var fault = answer.Json.GetProperty("detail").EnumerateArray().ShouldHaveSingleItem();
        fault.GetProperty("loc").GetRawText().ShouldBe("[\"body\"]", what);
        fault.GetProperty("type").GetString()!.ShouldStartWith("value_error", customMessage: what);
    }

    [Theory]
    [InlineData("""[]""", "body")]
    [InlineData("""null""", "body")]
    [InlineData("""{}""", "body.name")]
    [InlineData("""{"name":null}""", "body.name")]
    [InlineData("""{"name":{}}""", "body.name")]
    [InlineData("""{"name":"a\u0000b"}""", "body.name")]
    [InlineData("""{"name":"\ud800"}""", "body.name")]
    [InlineData("""{"name":"a","metadata":{"\ud800":"x"}}""", "body")]
    [InlineData("""{"name":"a","metadata":{"k\u0000":"x"}}""", "body.metadata.k\0")]
    [InlineData("""{"name":"a","throttleRate":1.5}""", "body.throttleRate")]
    [InlineData("""{"name":"a","throttleRate":1e999}""", "body.throttleRate")]
    public async Task Post_WrongShape_IsUnprocessableAtItsPlace(string body, string place)
    {
        var answer = (await host.Api.PostAsync("/app", body)).Expect(422);

        answer.Faults.ShouldHaveSingleItem().ShouldStartWith(place + ":");
    }

    [Fact]
    public async Task Post_TooLong_IsRefusedWhetherAnnouncedOrNot()
    {
        var body = new byte[2 * 1024 * 1024 + 1];

        (await host.Api.SendAsync(HttpMethod.Post, "/app", body)).Expect(413)["code"].ShouldBe("payload_too_large");
        (await host.Api.SendChunkedAsync("/app", body)).Expect(413)["code"].ShouldBe("payload_too_large");
    }

    [Fact]
    public async Task Post_Chunked_IsReadWhole()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"name":"chunked","metadata":{},"filler":"{{new string('x', 100_000)}}"}""");

        (await host.Api.SendChunkedAsync("/app", body)).Expect(201)["name"].ShouldBe("chunked");
    }

    [Fact]
    public async Task Post_AForm_IsRefused() =>
        (await host.Api.SendAsync(HttpMethod.Post, "/app", "name=x"u8.ToArray(), contentType: "application/x-www-form-urlencoded"))
            .Expect(415)["code"].ShouldBe("unsupported_media_type");

    [Fact]
    public async Task Call_UnknownAddress_IsNotFoundWithABody() => (await host.Api.GetAsync("/nowhere")).Expect(404)["code"].ShouldBe("not_found");

    [Fact]
    public async Task Call_WrongMethod_IsRefusedWithABody() =>
        (await host.Api.SendAsync(HttpMethod.Delete, "/app", (byte[]?)null)).Expect(405)["code"].ShouldBe("method_not_allowed");

    [Fact]
    public async Task Call_HandlerFails_IsAServerErrorThatTellsNothing()
    {
        var answer = (await host.Api.GetAsync("//api/fails")).Expect(500);

        answer["code"].ShouldBe("server_error");
        answer.Text.ShouldNotContain("secret detail");
    }

    [Fact]
    public async Task Call_DiskIsFull_IsUnavailableForNow()
    {
        var answer = (await host.Api.GetAsync("//api/finds-the-disk-full")).Expect(503);

        answer["code"].ShouldBe("unavailable");
        answer.Text.ShouldNotContain("secret detail");
    }

    [Theory]
    [InlineData("limit=251", "query.limit: Given limit must not exceed 250")]
    [InlineData("limit=0", "query.limit: ")]
    [InlineData("limit=-1", "query.limit: ")]
    [InlineData("limit=x", "query.limit: ")]
    [InlineData("limit=99999999999999999999", "query.limit: ")]
    [InlineData("limit=1&limit=2", "query.limit: ")]
    [InlineData("order=sideways", "query.order: ")]
    [InlineData("iterator=nonsense", "query.iterator: ")]
    [InlineData("iterator=-", "query.iterator: ")]
    [InlineData("iterator=msg_00000000000000000000000000", "query.iterator: ")]
    [InlineData("iterator=app_zzzzzzzzzzzzzzzzzzzzzzzzzz", "query.iterator: ")]
    [InlineData("iterator=%00", "query.iterator: ")]
    public async Task List_BadParameter_IsUnprocessableAtItsPlace(string query, string fault) =>
        (await host.Api.GetAsync($"/app?{query}")).Expect(422).Faults.ShouldHaveSingleItem().ShouldStartWith(fault);

    [Theory]
    [InlineData("before=yesterday")]
    [InlineData("after=2026-13-01T00:00:00Z")]
    [InlineData("after=2026-01-01")]
    [InlineData("channel=a%20b")]
    [InlineData("event_types=a,b%00")]
    [InlineData("with_content=maybe")]
    [InlineData("iterator=app_00000000000000000000000000")]
    public async Task ListMessages_BadFilter_IsUnprocessableAtItsPlace(string query) =>
        (await host.Api.GetAsync($"/app/any/msg?{query}")).Expect(422).Faults.ShouldHaveSingleItem().ShouldStartWith($"query.{query.Split('=')[0]}:");

    [Fact]
    public async Task List_BodyAndQueryFaults_AreToldTogether()
    {
        var answer = (await host.Api.PostAsync("/app?get_if_exists=perhaps", """{"name":1}""")).Expect(422);

        answer.Faults.Select(f => f.Split(':')[0]).ShouldBe(["body.name", "query.get_if_exists"]);
    }

    [Theory]
    [InlineData("/app/%00")]
    [InlineData("/app/a%2Fb")]
    [InlineData("/app/'%20OR%201=1--")]
    [InlineData("/event-type/%F0%9F%98%80")]
    public async Task Get_OddPath_IsNeverAServerError(string path) => (await host.Api.GetAsync(path)).Status.ShouldBeOneOf(400, 404);

    [Theory]
    [InlineData("GET", "/health")]
    [InlineData("HEAD", "/health")]
    [InlineData("GET", "/health/ping")]
    [InlineData("HEAD", "/health/ping")]
    public async Task Health_NeedsNoKey(string method, string path) =>
        (await host.As(null).SendAsync(new HttpMethod(method), path, (byte[]?)null)).Expect(204).Text.ShouldBeEmpty();
}
