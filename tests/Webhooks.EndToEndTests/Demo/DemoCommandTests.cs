using System.Text.Json;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.Demo;

/// <summary><c>Webhooks.Server demo</c>, and the server on what it made.</summary>
public sealed class DemoCommandTests : IDisposable
{
    private static readonly TimeSpan AWhile = TimeSpan.FromMinutes(8);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private static readonly string[] LetterStates = ["open", "acknowledged", "replayed", "discarded"];
    private static readonly string[] Kinds = ["rejected", "notSent", "unknown", "held", "failing", "disabled", "backlog", "channel"];

    private readonly ServerHome _home = new();
    private readonly Api _api;

    public DemoCommandTests() => _api = new Api(_home.Address, ServerHome.BootstrapKey);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Demo_EmptyDatabase_IsAWeekThatBalancesAndThatTheServerGoesOnWith()
    {
        var told = await RunAsync("demo", "--seed", "7");

        told.Exit.ShouldBe(0, told.Error);
        told.Out.ShouldContain($"--Webhooks:DataDirectory={_home.DataDirectory}");
        (await RunAsync("ledger", "verify")).Out.ShouldBe("The books are as they were sealed, and they balance.");
        await ItIsMadeOnceAsync();
        await TheServerShowsItAsync();
    }

    [Fact]
    public async Task Demo_ServerDatabase_IsRefused()
    {
        _home.Settings["Webhooks__Storage__Provider"] = "PostgreSql";

        var told = await RunAsync("demo");

        (told.Exit, told.Out).ShouldBe((1, ""));
        told.Error.ShouldContain("'demo' fills an embedded database only.");
    }

    private async Task ItIsMadeOnceAsync()
    {
        var again = await RunAsync("demo");

        again.Exit.ShouldBe(1);
        again.Error.ShouldContain("'demo' fills an empty database only, and this one holds applications; none of its data was changed.");
    }

    private async Task TheServerShowsItAsync()
    {
        _home.Settings["Webhooks__Notifications__HeartbeatEvery"] = "30.00:00:00"; // or it would find that no channel's host is there
        await using var server = await ServerProcess.StartReadyAsync(_home, Cancel);

        await IncidentsAreInEveryStateAsync();
        foreach (var state in LetterStates)
            (await ListAsync($"/dead-letter?state={state}")).ShouldNotBeEmpty(state);
        (await ListAsync("/channel")).Count(channel => Has(channel, "failingSince")).ShouldBe(1);
        (await ListAsync("/background-task")).Select(task => task.GetProperty("state").GetString())
            .ShouldContain("canceled");
        (await ListAsync("/ledger/seal")).Count.ShouldBeInRange(6, 7);
        (await _api.GetAsync("/ledger/total", Cancel)).GetProperty("residue").GetInt64().ShouldBe(0);
        (await server.StopAsync(Soon, Cancel)).ShouldBe(0);
    }

    private async Task IncidentsAreInEveryStateAsync()
    {
        var incidents = await ListAsync("/incident");

        incidents.Select(incident => incident.GetProperty("state").GetString()).Distinct()
            .ShouldBe(["open", "acknowledged", "resolved"], ignoreOrder: true);
        incidents.ShouldContain(incident => Has(incident, "snoozedUntil"));
        incidents.ShouldContain(incident => Has(incident, "assignee"));
        incidents.ShouldContain(incident => IsResolvedBy(incident, "service"));
        incidents.ShouldContain(incident => Has(incident, "resolvedBy") && !IsResolvedBy(incident, "service"));
        incidents.ShouldContain(incident => incident.GetProperty("openings").GetInt32() > 1);
        Kinds.ShouldBeSubsetOf(incidents.Select(incident => incident.GetProperty("kind").GetString()!));
    }

    private static bool Has(JsonElement entry, string member) => entry.GetProperty(member).ValueKind != JsonValueKind.Null;

    private static bool IsResolvedBy(JsonElement incident, string who) => incident.GetProperty("resolvedBy").GetString() == who;

    private async Task<List<JsonElement>> ListAsync(string path)
    {
        var page = await _api.GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=100", Cancel);
        return [.. page.GetProperty("data").EnumerateArray()];
    }

    private async Task<(int Exit, string Out, string Error)> RunAsync(params string[] words)
    {
        await using var command = ServerProcess.Start(_home, words);
        var exit = await command.ExitAsync(AWhile, Cancel);
        return (exit, command.StandardOutput.Trim().ReplaceLineEndings("\n"), command.StandardError);
    }
}
