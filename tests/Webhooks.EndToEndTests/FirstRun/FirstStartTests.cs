using System.Text.RegularExpressions;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.FirstRun;

/// <summary>What a person sees who starts the server for the first time, and for the second.</summary>
public sealed partial class FirstStartTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly ServerHome _home = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Start_FirstTimeInDevelopment_PrintsWhatAPersonNeedsNext()
    {
        await using var server = await StartWelcomedAsync();

        var printed = server.StandardOutput;
        printed.ShouldContain($"{_home.Address}api/v1");
        printed.ShouldContain($"{_home.Address}swagger");
        printed.ShouldContain($"{_home.Address}inbox/");
        PrintedKey(server).ShouldBe(await KeptKeyAsync());
    }

    [Fact]
    public async Task Start_FirstTimeInDevelopment_KeepsTheKeyForTheOwnerOnly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        await using var server = await StartWelcomedAsync();

        ModeOf("api-key").ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        ModeOf(".").ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task Start_SecondTime_PrintsTheSameKey()
    {
        string first;
        await using (var server = await StartWelcomedAsync())
        {
            first = PrintedKey(server);
            await server.KillAsync();
        }

        await using var again = await StartWelcomedAsync();

        PrintedKey(again).ShouldBe(first);
    }

    [Fact]
    public async Task Start_WithoutASetDirectory_KeepsItsDataUnderTheFolderItIsStartedFrom()
    {
        _home.Settings["Webhooks__DataDirectory"] = null;

        await using var server = await StartWelcomedAsync();

        File.Exists(Path.Combine(_home.Folder, "data", "webhooks.db")).ShouldBeTrue();
    }

    [Fact]
    public async Task Stop_Idle_ExitsInTimeWithCode0()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        await using var server = await StartWelcomedAsync();

        (await server.StopAsync(Soon, Cancel)).ShouldBe(0, server.Output);
    }

    private async Task<ServerProcess> StartWelcomedAsync()
    {
        var server = ServerProcess.Start(_home);
        await Eventually.TrueAsync(() => server.StandardOutput.Contains("Test inbox"), Soon, () => server.Output, Cancel);
        return server;
    }

    private async Task<string> KeptKeyAsync() => (await File.ReadAllTextAsync(Path.Combine(_home.DataDirectory, "api-key"), Cancel)).Trim();

    private UnixFileMode ModeOf(string name) =>
        OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : File.GetUnixFileMode(Path.Combine(_home.DataDirectory, name));

    private static string PrintedKey(ServerProcess server) => Key().Match(server.StandardOutput).Groups[1].Value;

    [GeneratedRegex(@"API key\s+(whk_\S+)")]
    private static partial Regex Key();
}
