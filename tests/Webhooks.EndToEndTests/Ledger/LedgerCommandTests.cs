using System.Net;
using Microsoft.Data.Sqlite;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.Ledger;

/// <summary><c>Webhooks.Server ledger verify</c>, as an operator runs it beside a service that is stopped.</summary>
public sealed class LedgerCommandTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private readonly ServerHome _home = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Verify_NothingWasChanged_SaysSoAndEndsWithZero()
    {
        await GivenDatabaseAsync();

        (await RunAsync("ledger", "verify")).ShouldBe((0, "The books are as they were sealed, and they balance."));
    }

    [Fact]
    public async Task Verify_SealIsForged_TellsItAndEndsWithOne()
    {
        await GivenDatabaseAsync();
        await ForgeAsync();

        (await RunAsync("ledger", "verify"))
            .ShouldBe((1, "2026-01-31: the statement is not the one that was sealed.\nFaults found: 1."));
    }

    [Fact]
    public async Task Verify_SettingsAreOnTheCommandLine_TakesThem()
    {
        await GivenDatabaseAsync();
        await ForgeAsync();
        _home.Settings["Webhooks__DataDirectory"] = null;

        (await RunAsync("ledger", "verify", $"--Webhooks:DataDirectory={_home.DataDirectory}")).Exit.ShouldBe(1);
        (await RunAsync("ledger", "verify", "--Webhooks:DataDirectory", _home.DataDirectory)).Told.ShouldEndWith("Faults found: 1.");
    }

    [Fact]
    public async Task Verify_WordIsNoSetting_SaysSo()
    {
        await using var command = ServerProcess.Start(_home, "ledger", "verify", "--quick");

        (await command.ExitAsync(Soon, Cancel)).ShouldBe(1);
        command.StandardError.ShouldContain("'--quick' is none.");
    }

    [Fact]
    public async Task Verify_RowOnItsWayWasDeletedByHand_TellsItAndEndsWithOne()
    {
        await using (var server = await ServerProcess.StartReadyAsync(_home, Cancel))
        {
            var api = new Api(_home.Address, ServerHome.BootstrapKey);
            await api.PostAsync("/app", new { name = "Acme", uid = "acme" }, HttpStatusCode.Created, Cancel);
            var url = $"http://127.0.0.1:{Loopback.FreePort()}/"; // where nobody listens
            await api.PostAsync("/app/acme/endpoint", new { url }, HttpStatusCode.Created, Cancel);
            await api.PostAsync(
                "/app/acme/msg", new { eventType = "invoice.paid", payload = new { n = 1 } }, HttpStatusCode.Accepted, Cancel);
            (await server.StopAsync(Soon, Cancel)).ShouldBe(0);
        }

        await ExecuteAsync("DELETE FROM deliveries");

        var (exit, told) = await RunAsync("ledger", "verify");
        exit.ShouldBe(1);
        told.ShouldContain(": 1, accounted for: 0.");
    }

    [Fact]
    public async Task Ledger_WithoutAWord_SaysWhichThereIs()
    {
        await using var command = ServerProcess.Start(_home, "ledger");

        (await command.ExitAsync(Soon, Cancel)).ShouldBe(1);
        command.StandardError.ShouldContain(
            "'ledger' is followed by one word, verify, and by settings such as --Webhooks:DataDirectory=<folder>.");
    }

    private async Task GivenDatabaseAsync()
    {
        await using var server = await ServerProcess.StartReadyAsync(_home, Cancel);
        (await server.StopAsync(Soon, Cancel)).ShouldBe(0);
    }

    private Task ForgeAsync() => ExecuteAsync("""
        INSERT INTO ledger_seals (day, statement, previous_hash, hash, sealed_at) VALUES ('2026-01-31', '{}', zeroblob(32), zeroblob(32), 0)
        """);

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={_home.DatabaseFile};Pooling=False");
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private async Task<(int Exit, string Told)> RunAsync(params string[] words)
    {
        await using var command = ServerProcess.Start(_home, words);
        var exit = await command.ExitAsync(Soon, Cancel);
        return (exit, command.StandardOutput.Trim().ReplaceLineEndings("\n"));
    }
}
