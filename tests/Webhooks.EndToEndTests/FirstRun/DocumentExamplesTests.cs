using Webhooks.EndToEndTests.Clients;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.FirstRun;

/// <summary>The documents' examples, run as they are written: in the folder that the server was started from, in their order.</summary>
public sealed class DocumentExamplesTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ApiDocument_EveryExample_Runs()
    {
        await Tools.NeedAsync("curl", "bash", "curl");
        await NodeReceiver.PrepareAsync(Cancel);
        using var home = new ServerHome();
        home.Settings["Webhooks__DataDirectory"] = null;
        home.Settings["Webhooks__Auth__BootstrapKey"] = null;
        await using var server = await ServerProcess.StartReadyAsync(home, Cancel);

        var shell = await RunAsync(home, "bash", ["-euo", "pipefail", await WriteAsync(home, "api.sh", DocumentExamples.Read("api.md", "bash"))]);
        var publisher = await RunAsync(home, "dotnet", ["run", await WriteAsync(home, "publish.cs", DocumentExamples.Read("api.md", "csharp"))]);
        var receiver = await RunAsync(home, "node", [await WriteAsync(home, "receive.mjs", DocumentExamples.Read("api.md", "javascript"))]);
        var client = await RunAsync(home, "node", [await WriteAsync(home, "client.mjs", DocumentExamples.Read("migrating-from-svix.md", "javascript"))]);

        shell.ShouldContain("\"status\":409");
        shell.ShouldContain("Must not start with 'app_'");
        publisher.ShouldContain("accepted: {\"id\":\"msg_");
        receiver.ShouldBe("received 4714\n");
        client.ShouldBe("true\n");
    }

    private static async Task<string> WriteAsync(ServerHome home, string name, IReadOnlyList<string> examples)
    {
        examples.ShouldNotBeEmpty(name);
        var file = Path.Combine(home.Folder, name);

        // Only the address is another: 8080 may be taken on the machine that runs the tests.
        var text = string.Join('\n', examples).Replace(QuickStart.Address, home.Address.ToString().TrimEnd('/'), StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, text, Cancel);
        return file;
    }

    private static async Task<string> RunAsync(ServerHome home, string program, IReadOnlyList<string> arguments)
    {
        var libraries = Path.Combine(home.Folder, "node_modules");
        if (!Directory.Exists(libraries))
            Directory.CreateSymbolicLink(libraries, Path.Combine(BuildPaths.NodeFolder, "node_modules"));

        var key = await File.ReadAllTextAsync(Path.Combine(home.DataDirectory, "api-key"), Cancel);
        await using var example = ChildProcess.Start(
            program, arguments, home.Folder,
            new Dictionary<string, string?> { ["WEBHOOKS"] = home.Address.ToString().TrimEnd('/'), ["KEY"] = key.Trim() });
        (await example.ExitAsync(Soon, Cancel)).ShouldBe(0, $"{program} {string.Join(' ', arguments)}\n{example.Output}");
        return example.StandardOutput;
    }
}
