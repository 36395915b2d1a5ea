using System.Text;
using Webhooks.EndToEndTests.Hosting;
using Webhooks.Server.Dashboard.Attempts;

namespace Webhooks.Dashboard.Tests.Attempts;

public sealed class CurlTests
{
    private const string Hostile = """{"a":"it's $(id) `id` \\ \" ; rm -rf / & @x"}""";

    private static readonly SentHeader[] Headers =
        [new("webhook-id", "msg_1"), new("x-key", null, "hidden: \n; id"), new("content-length", "9")];

    [Fact]
    public async Task Of_WhatAShellWouldRun_ReachesCurlAsItIs()
    {
        var command = Curl.Of("https://example.com/?a=1&b='$(id)'", Headers, Encoding.UTF8.GetBytes(Hostile), "msg_1.json");

        // The shell's own words, one a line, in place of curl.
        await using var shell = ChildProcess.Start(
            "sh", ["-c", $"curl() {{ printf '%s\\n' \"$@\"; }}\n{command}"], Path.GetTempPath(), new Dictionary<string, string?>());
        await shell.ExitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        shell.StandardOutput.TrimEnd().Split('\n').ShouldBe(
            ["--request", "POST", "https://example.com/?a=1&b='$(id)'", "--header", "webhook-id: msg_1", "--data-raw", Hostile]);
    }

    [Fact]
    public void Of_WhatIsNotTold_IsSaidInAComment() =>
        Curl.Of("https://example.com/", [new("x-key", null, "hidden: a credential")], [], "msg_1.json")
            .ShouldStartWith("# Left out: x-key (hidden: a credential).\ncurl --request POST");

    [Fact]
    public void Of_Signature_IsSentWithAWarningOfItsAge()
    {
        var command = Curl.Of("https://example.com/", [new("webhook-signature", "v1,abc=", "made again")], [], "msg_1.json");

        command.ShouldContain("--header 'webhook-signature: v1,abc='");
        command.ShouldContain("# webhook-signature (made again).\n# The signature is of the time in webhook-timestamp");
    }

    [Fact]
    public void Of_LargePayload_IsReadFromItsDownload() =>
        Curl.Of("https://example.com/", Headers, new byte[100_000], "msg_1.json").ShouldEndWith("--data-binary '@msg_1.json'");
}
