using System.Text.Json;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.FirstRun;

/// <summary>README's quick start, done as it says: the same lines, in a shell, in the folder that the server was started from.</summary>
public sealed class QuickStartTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CurlLines_AsWritten_ShowASignedDelivery()
    {
        await Tools.NeedAsync("curl", "bash", "curl");
        using var home = new ServerHome();
        home.Settings["Webhooks__DataDirectory"] = null;
        home.Settings["Webhooks__Auth__BootstrapKey"] = null;
        await using var server = await ServerProcess.StartReadyAsync(home, Cancel);
        QuickStart.CurlLines.Count.ShouldBe(4);

        foreach (var line in QuickStart.CurlLines.SkipLast(1))
            (await RunAsync(home, line)).RootElement.TryGetProperty("id", out _).ShouldBeTrue(line);

        JsonElement[] received = [];
        await Eventually.TrueAsync(
            async _ => (received = [.. (await RunAsync(home, QuickStart.CurlLines[^1])).RootElement.EnumerateArray()]).Length > 0,
            Soon, TimeSpan.FromMilliseconds(100), () => server.Output, Cancel);
        var delivery = received.ShouldHaveSingleItem();
        delivery.GetProperty("signatureVerified").GetBoolean().ShouldBeTrue(delivery.ToString());
        delivery.GetProperty("headers").GetProperty("webhook-attempt").GetString().ShouldBe("1");
    }

    private static async Task<JsonDocument> RunAsync(ServerHome home, string line)
    {
        // Only the address is another: 8080 may be taken on the machine that runs the tests.
        var here = line.Replace(QuickStart.Address, home.Address.ToString().TrimEnd('/'), StringComparison.Ordinal);
        await using var shell = ChildProcess.Start("bash", ["-c", here], home.Folder);
        (await shell.ExitAsync(Soon, Cancel)).ShouldBe(0, $"{line}\n{shell.Output}");
        return JsonDocument.Parse(shell.StandardOutput);
    }
}
