using FsCheck.Xunit;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Properties;

/// <summary>A payload is what was published, byte for byte, wherever it is shown.</summary>
public sealed class PayloadProperties(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly string[] Blanks = ["", "", " ", "\n", "\t ", "\r\n"];

    private static readonly string[] Scalars =
    [
        "null", "true", "0", "-0", "1.50", "1e2", "1E-400", "9007199254740993", "123456789012345678901234567890", "\"\"", "\"a\\/b\"",
        "\"\\u00fc\"", "\"ü\"",
        "\"\\ud800\"", "\"\\u0000\"", "\"😀\"", "\"\\ud83d\\ude00\"", "\"<script>\"",
    ];

    [Property(MaxTest = 30)]
    public async Task Publish_AnyObject_IsShownAsItCame(byte[] choices)
    {
        var payload = new Writer(choices).Object(depth: 0);
        var app = await host.ApplicationAsync();
        var endpoint = await host.EndpointAsync(app);

        var made = (await host.Api.PostAsync($"/app/{app}/msg", "{\"eventType\":\"a\",\"payload\":" + payload + "}")).Expect(202);

        RawPayload(made).ShouldBe(payload);
        RawPayload((await host.Api.GetAsync($"/app/{app}/msg/{made.Id}")).Expect(200)).ShouldBe(payload);
        (await host.Api.GetAsync($"/app/{app}/poller/{endpoint}")).Expect(200)
            .Json.GetProperty("data")[0].GetProperty("payload").GetRawText().ShouldBe(payload);
    }

    private static string RawPayload(ApiAnswer answer) => answer.Json.GetProperty("payload").GetRawText();

    /// <summary>Writes the JSON that a row of bytes stands for, with blanks wherever they are allowed.</summary>
    private sealed class Writer(byte[] choices)
    {
        private int _next;

        public string Object(int depth)
        {
            var members = Enumerable.Range(0, Choose(4)).Select(n => $"{Blank()}\"m{n}\"{Blank()}:{Value(depth + 1)}{Blank()}");
            return $"{{{Blank()}{string.Join(',', members)}}}";
        }

        private string Value(int depth) => Blank() + (depth > 5 ? 0 : Choose(6)) switch
        {
            4 => Object(depth),
            5 => $"[{string.Join(',', Enumerable.Range(0, Choose(4)).Select(_ => Value(depth + 1)))}{Blank()}]",
            _ => Scalars[Choose(Scalars.Length)],
        };

        private string Blank() => Blanks[Choose(Blanks.Length)];

        // Once the bytes are used up, the simplest: so every row ends.
        private int Choose(int count) => _next < choices.Length ? choices[_next++] % count : 0;
    }
}
