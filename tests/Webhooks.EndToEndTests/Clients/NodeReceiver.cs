using System.Text.Json;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.Clients;

/// <summary>A subscriber in Node.js that verifies with the published libraries (node/receiver.mjs).</summary>
internal sealed class NodeReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan InstallWithin = TimeSpan.FromMinutes(2);

    private readonly ChildProcess _node;

    private NodeReceiver(ChildProcess node) => _node = node;

    /// <summary>What it printed: first its port, then a line for each delivery.</summary>
    private IReadOnlyList<JsonElement> Lines =>
        [.. _node.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>Installs the libraries; skips the test where Node.js is missing.</summary>
    public static async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await Tools.NeedAsync("node", "node", "npm");
        await InstallAsync(cancellationToken);
    }

    /// <inheritdoc cref="PrepareAsync"/>
    public static async Task<NodeReceiver> StartAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        var receiver = new NodeReceiver(ChildProcess.Start("node", ["receiver.mjs"], BuildPaths.NodeFolder));
        try
        {
            await Eventually.TrueAsync(() => receiver.Lines.Count > 0, Soon, () => receiver._node.Output, cancellationToken);
            return receiver;
        }
        catch
        {
            await receiver.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes an endpoint that verifies with that secret.</summary>
    public async Task<Uri> ListenAsync(string name, string secret, CancellationToken cancellationToken)
    {
        var url = new Uri($"http://127.0.0.1:{Lines[0].GetProperty("port").GetInt32()}/{name}");
        using var content = new StringContent(secret);
        using var answer = await TestHttp.Client.PutAsync(url, content, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return url;
    }

    /// <summary>Waits for the delivery of a message and returns what the libraries said of it.</summary>
    public async Task<JsonElement> VerdictAsync(string messageId, Func<string> otherwise, CancellationToken cancellationToken)
    {
        await Eventually.TrueAsync(() => Verdicts(messageId).Any(), Soon, () => $"{_node.Output}\n{otherwise()}", cancellationToken);
        return Verdicts(messageId).First();
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    private IEnumerable<JsonElement> Verdicts(string messageId) => Lines.Skip(1).Where(line => line.GetProperty("id").GetString() == messageId);

    private static async Task InstallAsync(CancellationToken cancellationToken)
    {
        var installed = new FileInfo(Path.Combine(BuildPaths.NodeFolder, "node_modules", ".package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(BuildPaths.NodeFolder, "package-lock.json")))
            return;

        await using var npm = ChildProcess.Start("npm", ["ci"], BuildPaths.NodeFolder);
        if (await npm.ExitAsync(InstallWithin, cancellationToken) != 0)
            Tools.Missing("node", $"npm could not install the libraries: {npm.Output}");
    }
}
