using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.Servers;

/// <summary>Nodes make their schema by themselves, or have it made, and never work on one that they were not written for.</summary>
public sealed class ServerStartTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private SharedDatabase _database = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await SharedDatabase.CreateAsync(Cancel);

    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Start_TwoTogetherOnAnEmptyDatabase_BothStartAndAreListed()
    {
        var homes = new[] { _database.NewHome(), _database.NewHome() };
        var nodes = homes.Select(home => _database.Start(home)).ToList();

        await Task.WhenAll(nodes.Select(node => node.ReadyAsync(Cancel)));

        nodes.ShouldAllBe(node => !node.Output.Contains("Failed executing", StringComparison.Ordinal));
        var listed = (await new Api(homes[0].Address, ServerHome.BootstrapKey).GetAsync("/node", Cancel)).GetProperty("data");
        listed.EnumerateArray().Select(node => node.GetProperty("alive").GetBoolean()).ShouldBe([true, true]);
        (await _database.CountAsync("SELECT count(*) FROM data_protection_keys", Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task Stop_OfANode_SignsItOff()
    {
        var (staying, leaving) = (_database.NewHome(), _database.NewHome());
        await _database.StartReadyAsync(staying, Cancel);
        var node = await _database.StartReadyAsync(leaving, Cancel);

        (await node.StopAsync(Soon, Cancel)).ShouldBe(0, node.Output);

        var listed = (await new Api(staying.Address, ServerHome.BootstrapKey).GetAsync("/node", Cancel)).GetProperty("data");
        listed.GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Migrate_EmptyDatabase_IsEnoughForANodeThatDoesNot()
    {
        var home = _database.NewHome(("Webhooks__Storage__MigrateOnStart", "false"));

        var migration = _database.Start(home, "migrate");

        (await migration.ExitAsync(Soon, Cancel)).ShouldBe(0, migration.Output);
        migration.StandardOutput.ShouldContain("The database's schema is that of this version.");
        migration.Output.ShouldNotContain("Failed executing");
        await _database.StartReadyAsync(home, Cancel);
    }

    [Fact]
    public async Task Migrate_SeveralTogetherAndAgain_AllSucceed()
    {
        var home = _database.NewHome();

        var migrations = Enumerable.Range(0, 3).Select(_ => _database.Start(home, "migrate")).ToList();
        foreach (var migration in migrations.Append(_database.Start(home, "migrate")))
            (await migration.ExitAsync(Soon, Cancel)).ShouldBe(0, migration.Output);
    }

    [Fact]
    public async Task Start_OlderSchemaThatIsNotToBeMigrated_SaysHowToMigrate()
    {
        var migration = _database.Start(_database.NewHome(), "migrate");
        (await migration.ExitAsync(Soon, Cancel)).ShouldBe(0, migration.Output);
        await _database.ExecuteAsync(
            """DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = (SELECT max("MigrationId") FROM "__EFMigrationsHistory")""", Cancel);

        var told = await RefusedAsync(_database.NewHome(("Webhooks__Storage__MigrateOnStart", "false")));

        told.ShouldContain("older than this version of the server: 1 of its migrations are not applied");
        told.ShouldContain("'Webhooks.Server migrate'");
        told.ShouldContain("Webhooks:Storage:MigrateOnStart");
    }

    [Fact]
    public async Task Start_EmptyDatabaseThatIsNotToBeMigrated_SaysHowToMigrate()
    {
        var told = await RefusedAsync(_database.NewHome(("Webhooks__Storage__MigrateOnStart", "false")));

        told.ShouldContain("'Webhooks.Server migrate'");
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("true", "migrate")]
    public async Task Start_NewerSchema_NamesWhatItDoesNotKnow(string migrateOnStart, params string[] arguments)
    {
        var migration = _database.Start(_database.NewHome(), "migrate");
        (await migration.ExitAsync(Soon, Cancel)).ShouldBe(0, migration.Output);
        await _database.ExecuteAsync("""INSERT INTO "__EFMigrationsHistory" VALUES ('99990101000000_Future', '99')""", Cancel);

        var told = await RefusedAsync(
            _database.NewHome(("Webhooks__Storage__MigrateOnStart", migrateOnStart)), isLogged: false, arguments);

        told.ShouldContain("newer than this version of the server");
        told.ShouldContain("'99990101000000_Future'");
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Database=webhooks;Username=webhooks;Password=hunter2")]
    [InlineData("Host=nobody.invalid;Database=webhooks;Username=webhooks;Password=hunter2")]
    [InlineData("Hosts=127.0.0.1;Password=hunter2")]
    [InlineData("hunter2")]
    public async Task Start_WrongConnectionString_NamesTheSettingAndNotThePassword(string connectionString)
    {
        var told = await RefusedAsync(_database.NewHome(("ConnectionStrings__Webhooks", connectionString)), isLogged: true);

        told.ShouldContain("ConnectionStrings:Webhooks");
        told.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Start_DatabaseThatIsNotThere_NamesIt()
    {
        var absent = _database.ConnectionString.Replace("webhooks_e2e_", "absent_", StringComparison.Ordinal);

        var told = await RefusedAsync(_database.NewHome(("ConnectionStrings__Webhooks", absent)), isLogged: true);

        told.ShouldContain("\"absent_");
        told.ShouldContain("See that the server runs, that the database exists");
    }

    private async Task<string> RefusedAsync(ServerHome home, bool isLogged = false, params IEnumerable<string> arguments)
    {
        var server = _database.Start(home, arguments);

        (await server.ExitAsync(Soon, Cancel)).ShouldNotBe(0, server.Output);

        // EF Core logs, beside the sentence, that it could not connect.
        (isLogged ? server.StandardError : server.Output).ShouldNotContain("   at ");
        server.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldAllBe(line => line.StartsWith("Webhooks cannot start: ", StringComparison.Ordinal));
        return server.StandardError;
    }
}
