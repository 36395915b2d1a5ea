using System.Collections;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.Deploy.Tests;

/// <summary>What the image's <c>dotnet publish</c> puts into it, made once for all tests that start it.</summary>
public sealed class PublishedImage : IAsyncLifetime
{
    private static readonly TimeSpan PublishWithin = TimeSpan.FromMinutes(10);
    private static readonly string[] NotInherited = ["MSBUILD", "ASPNETCORE_", "DOTNET_ENVIRONMENT", "URLS", "WEBHOOKS__", "OTEL_"];

    private readonly string _folder = Directory.CreateTempSubdirectory("webhooks-image-").FullName;

    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>The test's own environment without what means something to the server.</summary>
    public static Dictionary<string, string?> CleanEnvironment() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => (string)entry.Key)
            .Where(name => NotInherited.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            .ToDictionary(name => name, _ => (string?)null);

    /// <param name="of">The folder that the image's build publishes to.</param>
    public string Folder(string of) => Path.Combine(_folder, of.TrimStart('/'));

    /// <summary>The server's files as they were before it was started for the first time.</summary>
    public IReadOnlyList<string> ServerFiles { get; private set; } = [];

    /// <summary>The same now.</summary>
    public IReadOnlyList<string> ListServerFiles() =>
        [.. new DirectoryInfo(Folder("/publish/server")).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => $"{file.FullName} {file.Length} {file.LastWriteTimeUtc:O}").Order(StringComparer.Ordinal)];

    public async ValueTask InitializeAsync()
    {
        foreach (var (output, arguments) in Dockerfile.Publishes)
            await PublishAsync(output, arguments);
        ServerFiles = ListServerFiles();
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task PublishAsync(string output, string[] arguments)
    {
        // With artifacts of its own, so that it meets no other build of these projects; the checks are theirs.
        string[] apart = ["--artifacts-path", Path.Combine(_folder, "artifacts"), "-p:RunAnalyzers=false", "-p:UseSharedCompilation=false"];
        var environment = CleanEnvironment();
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        var here = arguments.Select(argument => argument == output ? Folder(output) : argument);
        await using var publish = ChildProcess.Start(Dotnet, [.. here, .. apart], Repository.Root, environment);
        (await publish.ExitAsync(PublishWithin, TestContext.Current.CancellationToken)).ShouldBe(0, publish.Output);
    }
}
