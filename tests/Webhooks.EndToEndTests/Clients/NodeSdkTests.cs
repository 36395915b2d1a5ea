using System.Text.Json;
using System.Text.RegularExpressions;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.Clients;

/// <summary>The published SDK, npm <c>svix</c>, unchanged: every operation of the contract, and deliveries verified by its own class.</summary>
public sealed class NodeSdkTests
{
    private static readonly TimeSpan RunWithin = TimeSpan.FromMinutes(2);

    /// <summary>What the SDK has no method for.</summary>
    private static readonly HashSet<string> NotDriven =
        ["head /api/v1/health", "head /api/v1/health/ping", "get /api/v1/health/ping"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sdk_EveryOperationOfTheContract_Works()
    {
        await NodeReceiver.PrepareAsync(Cancel);
        using var home = new ServerHome();
        await using var server = await ServerProcess.StartReadyAsync(home, Cancel);

        await using var sdk = ChildProcess.Start("node", ["sdk.mjs", home.Address.ToString(), ServerHome.BootstrapKey], BuildPaths.NodeFolder);
        var exitCode = await sdk.ExitAsync(RunWithin, Cancel);

        exitCode.ShouldBe(0, $"{sdk.Output}\n{server.Output}");
        var requests = Requests(sdk.StandardOutput);
        Contract().Where(operation => !requests.Any(request => IsDoneBy(operation, request))).ShouldBe(NotDriven, ignoreOrder: true);
    }

    /// <summary>The contract's operations as <c>get /api/v1/app/{app_id}</c>.</summary>
    private static List<string> Contract()
    {
        var file = Path.Combine(BuildPaths.RepositoryRoot, "tests", "Webhooks.Server.Tests", "Contract", "v1.openapi.json");
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return [.. document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name} {path.Name}"))];
    }

    /// <summary>What the script asked for and was answered.</summary>
    private static List<(string Operation, int Status)> Requests(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).Select(request => (
            $"{request.GetProperty("method").GetString()!.ToLowerInvariant()} {request.GetProperty("path").GetString()}",
            request.GetProperty("status").GetInt32()))];

    private static bool IsDoneBy(string operation, (string Operation, int Status) request) =>
        request.Status is >= 200 and < 300
        && Regex.IsMatch(request.Operation, $"^{Regex.Replace(operation, "{.*?}", "[^/]+")}$");
}
