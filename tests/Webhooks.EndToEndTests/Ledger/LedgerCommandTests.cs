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
    public async Task Ledger_WithoutAWord_SaysWhichThereIs()
    {
        await using var command = ServerProcess.Start(_home, "ledger");

        (await command.ExitAsync(Soon, Cancel)).ShouldBe(1);
        command.StandardError.ShouldContain("'ledger' is followed by one word: verify.");
    }

    private async Task GivenDatabaseAsync()
    {
        await using var server = await ServerProcess.StartReadyAsync(_home, Cancel);
        (await server.StopAsync(Soon, Cancel)).ShouldBe(0);
    }

    private async Task ForgeAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={_home.DatabaseFile};Pooling=False");
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO ledger_seals (day, statement, previous_hash, hash, sealed_at) VALUES ('2026-01-31', '{}', zeroblob(32), zeroblob(32), 0)
            """;
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private async Task<(int Exit, string Told)> RunAsync(params string[] words)
    {
        await using var command = ServerProcess.Start(_home, words);
        var exit = await command.ExitAsync(Soon, Cancel);
        return (exit, command.StandardOutput.Trim().ReplaceLineEndings("\n"));
    }
}
