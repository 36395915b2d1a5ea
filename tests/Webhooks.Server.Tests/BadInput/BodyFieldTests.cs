using System.Text;
using System.Text.RegularExpressions;
using Webhooks.Core.Channels;
using Webhooks.Server.Tests.Hosting;
using Webhooks.Server.Tests.OpenApi;

namespace Webhooks.Server.Tests.BadInput;

/// <summary>
/// Walks the API's own description: whatever is wrong with whichever field of whichever body, the answer names the field, and nothing is
/// written.
/// </summary>
public sealed class BodyFieldTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly string Deep =
        string.Concat(Enumerable.Repeat("{\"a\":[", 40)) + "1" + string.Concat(Enumerable.Repeat("]}", 40));

    [Fact]
    public async Task EveryField_WhateverIsWrongWithIt_IsNamedAndNothingIsWritten()
    {
        var document = await DocumentAsync();
        using var watch = new DatabaseWatch(host);
        var (failures, cases) = (new List<string>(), 0);

        foreach (var operation in document.Operations.Values)
        {
            var version = watch.Version;
            foreach (var field in BodyFields.Of(document, operation))
            {
                cases++;
                var answer = await SendAsync(operation, Encoding.UTF8.GetBytes(field.Body));
                if (answer.Status != 422 || !answer.Faults.All(fault => IsAt($"body.{field.Path}", fault)))
                    failures.Add($"{operation.Name} {field.Path} {field.What}: {answer.Status} {Short(answer.Text)}");
            }

            if (watch.Version != version)
                failures.Add($"{operation.Name}: something was written");
        }

        failures.ShouldBeEmpty();
        cases.ShouldBeGreaterThan(800, "the description has hardly lost its fields");
    }

    [Fact]
    public async Task EveryBody_ThatIsNoObjectOfJson_IsUnprocessableAndNothingIsWritten()
    {
        var document = await DocumentAsync();
        using var watch = new DatabaseWatch(host);
        var (failures, version) = (new List<string>(), watch.Version);

        foreach (var operation in document.Operations.Values.Where(o => o.Body is not null))
        {
            var body = document.SmallestBody(operation)!;
            foreach (var (what, bytes) in BrokenBodies(body).Where(broken => broken.Body.Length > 0 || !operation.MayLeaveBodyOut))
            {
                var answer = await SendAsync(operation, bytes);
                if (answer.Status != 422 || answer.Faults is not [var fault] || !fault.StartsWith("body:", StringComparison.Ordinal))
                    failures.Add($"{operation.Name} {what}: {answer.Status} {Short(answer.Text)}");
            }
        }

        failures.ShouldBeEmpty();
        watch.Version.ShouldBe(version);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/xml")]
    [InlineData("application/jsonp")]
    public async Task EveryBody_OfAnotherType_IsRefused(string contentType)
    {
        var document = await DocumentAsync();

        foreach (var operation in document.Operations.Values.Where(o => o.Body is not null))
        {
            var answer = await SendAsync(operation, Encoding.UTF8.GetBytes(document.SmallestBody(operation)!), contentType);

            answer.Status.ShouldBe(415, operation.Name);
            answer["code"].ShouldBe("unsupported_media_type", operation.Name);
        }
    }

    [Fact]
    public async Task EveryBody_TooLong_IsRefused()
    {
        var document = await DocumentAsync();
        var body = new byte[(2 * 1024 * 1024) + 1];

        foreach (var operation in document.Operations.Values.Where(o => o.Body is not null))
            (await SendAsync(operation, body)).Status.ShouldBe(413, operation.Name);
    }

    // Newer clients send more than this service knows.
    [Fact]
    public async Task EveryBody_WithUnknownFields_IsAnsweredAsWithoutThem()
    {
        var document = await DocumentAsync();
        await host.ChannelAsync(new ChannelId(7)); // the one that examples name

        foreach (var operation in document.Operations.Values.Where(o => o.Body is not null))
        {
            var body = document.SmallestBody(operation)!;
            var separator = body.Length > 2 ? "," : "";
            var more = Encoding.UTF8.GetBytes($"{body[..^1]}{separator}\"x-unknown\":{{\"a\":[null,1.5]}},\"\":0}}");

            var answer = await SendAsync(operation, more);

            answer.Status.ShouldNotBe(422, $"{operation.Name}: {answer.Text}");
        }
    }

    private static IEnumerable<(string What, byte[] Body)> BrokenBodies(string body)
    {
        var text = Encoding.UTF8.GetBytes(body);
        return
        [
            ("empty", []), ("a list", "[]"u8.ToArray()), ("a string", "\"x\""u8.ToArray()), ("null", "null"u8.ToArray()),
            ("blanks", "  "u8.ToArray()),
            ("a number", "1"u8.ToArray()), ("cut off", text[..^1]), ("twice", [.. text, .. text]), ("NUL behind", [.. text, 0]),
            ("broken UTF-8", [.. "{\"a\":\""u8, 0xC3, 0x28, .. "\"}"u8]),
            ("surrogates in UTF-8", [.. "{\"a\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8]),
            ("UTF-16", Encoding.Unicode.GetBytes(body)), ("a byte order mark", [0xEF, 0xBB, 0xBF, .. text]),
            ("a name twice", "{\"a\":1,\"a\":1}"u8.ToArray()), ("a name twice, escaped", "{\"a\":1,\"\\u0061\":1}"u8.ToArray()),
            ("a name twice within", "{\"x\":[{\"a\":1,\"a\":2}]}"u8.ToArray()), ("half a pair in a name", "{\"\\ud800\":1}"u8.ToArray()),
            ("half a pair in a name within", "{\"x\":{\"\\udc00\":1}}"u8.ToArray()),
            ("too deep", Encoding.UTF8.GetBytes($"{{\"x\":{Deep}}}")),
            ("much too deep", Encoding.UTF8.GetBytes("{\"x\":" + new string('[', 100_000))), ("a comment", "{/**/}"u8.ToArray()),
            ("single quotes", "{'a':1}"u8.ToArray()), ("not a number", "{\"a\":NaN}"u8.ToArray()),
            ("a control character", "{\"a\":\"\n\"}"u8.ToArray()),
        ];
    }

    // A list's fault may be at one of its entries.
    private static bool IsAt(string place, string fault) =>
        fault.StartsWith(place + ":", StringComparison.Ordinal) || fault.StartsWith(place + ".", StringComparison.Ordinal);

    private static string Short(string text) => text.Length > 300 ? text[..300] : text;

    private Task<ApiAnswer> SendAsync(ApiOperation operation, byte[] body, string contentType = "application/json") => host.Api.SendAsync(
        new HttpMethod(operation.Method.ToUpperInvariant()), "/" + Regex.Replace(operation.Path, "{.*?}", "none"), body,
        contentType: contentType);

    private async Task<OpenApiDescription> DocumentAsync() =>
        new((await host.As(null).GetAsync("//swagger/v1/swagger.json")).Expect(200).Json);
}
