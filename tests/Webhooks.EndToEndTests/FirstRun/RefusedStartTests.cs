using System.Net;
using System.Security.Cryptography;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.FirstRun;

/// <summary>A server that cannot start says why in sentences that name what to set, and nothing else: no stack trace.</summary>
public sealed class RefusedStartTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly ServerHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("Webhooks__Delivery__AttemptTimeout", "00:05:00", "Webhooks:Delivery:AttemptTimeout", "between 00:00:01 and 00:01:00")]
    [InlineData("Webhooks__Delivery__ConnectTimeout", "00:05:00", "Webhooks:Delivery:ConnectTimeout", "00:01:00")]
    [InlineData("Webhooks__Delivery__Lease", "00:00:20", "Webhooks:Delivery:Lease", "twice")]
    [InlineData("Webhooks__Delivery__MaxInFlightPerNode", "0", "Webhooks:Delivery:MaxInFlightPerNode", "between 1 and 10000")]
    [InlineData("Webhooks__Delivery__AllowedNetworks__0", "10/8", "Webhooks:Delivery:AllowedNetworks", "CIDR")]
    [InlineData("Webhooks__Delivery__RetrySchedule__0", "00:00:00", "Webhooks:Delivery:RetrySchedule:0", "must be between")]
    [InlineData("Webhooks__Delivery__AttemptTimeout", "soon", "Webhooks:Delivery:AttemptTimeout", "soon")]
    [InlineData("Webhooks__Outbox__QueueCapacity", "0", "Webhooks:Outbox:QueueCapacity", "between 1 and 100000")]
    [InlineData("Webhooks__Auth__BootstrapKey", "short", "Webhooks:Auth:BootstrapKey", "32 to 256")]
    [InlineData("Webhooks__Security__MasterKey", "not base64!", "Webhooks:Security:MasterKey", "32 bytes")]
    [InlineData("Webhooks__Telemetry__PrometheusKey", "short", "Webhooks:Telemetry:PrometheusKey", "32 to 256")]
    [InlineData("Webhooks__Telemetry__Prometheus", "Maybe", "Webhooks:Telemetry:Prometheus", "Maybe")]
    [InlineData("Webhooks__Storage__Provider", "MySql", "Webhooks:Storage:Provider", "must be Sqlite, SqlServer or PostgreSql; 'MySql' is none")]
    [InlineData("Webhooks__Storage__Provider", "2", "Webhooks:Storage:Provider", "'2' is none")]
    [InlineData("Webhooks__Storage__Provider", "PostgreSql", "ConnectionStrings:Webhooks", "ConnectionStrings__Webhooks")]
    [InlineData("Webhooks__Storage__Provider", "SqlServer", "ConnectionStrings:Webhooks", "ConnectionStrings__Webhooks")]
    [InlineData("Webhooks__Storage__MigrateOnStart", "perhaps", "Webhooks:Storage:MigrateOnStart", "perhaps")]
    [InlineData("ConnectionStrings__Webhooks", "Host=db", "ConnectionStrings:Webhooks", "Webhooks:Storage:Provider is Sqlite")]
    [InlineData("Webhooks__Roles", "Api,Sender", "Webhooks:Roles", "'Sender' is none of them")]
    [InlineData("Webhooks__Roles__0", "Worker", "Webhooks:Roles", "embedded database")]
    [InlineData("Webhooks__DataDirectory", "/dev/null/data", "Webhooks:DataDirectory", "/dev/null/data")]
    public async Task Start_WrongSetting_NamesTheKeyAndTheRule(string variable, string value, string key, string rule)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && value.StartsWith("/dev", StringComparison.Ordinal), "Windows has no /dev/null.");
        _home.Settings[variable] = value;

        var told = await RefusedAsync();

        told.ShouldContain(key);
        told.ShouldContain(rule);
    }

    [Fact]
    public async Task Start_ProductionWithoutMasterKey_NamesTheSetting()
    {
        _home.Settings["ASPNETCORE_ENVIRONMENT"] = "Production";

        var told = await RefusedAsync();

        told.ShouldContain("Webhooks:Security:MasterKey");
        told.ShouldContain("Webhooks__Security__MasterKey");
    }

    [Fact]
    public async Task Start_EnvironmentNotSet_IsProduction()
    {
        _home.Settings["ASPNETCORE_ENVIRONMENT"] = null;

        (await RefusedAsync()).ShouldContain("Webhooks:Security:MasterKey");
    }

    [Fact]
    public async Task Start_AnotherMasterKeyThanBefore_SaysWhereTheOldOneGoes()
    {
        _home.Settings["ASPNETCORE_ENVIRONMENT"] = "Production";
        _home.Settings["Webhooks__Security__MasterKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        await using (var first = await ServerProcess.StartReadyAsync(_home, TestContext.Current.CancellationToken))
            await first.KillAsync();
        _home.Settings["Webhooks__Security__MasterKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

        // Data Protection logs, beside the sentence, what it could not read.
        (await RefusedAsync(_home, isLogged: true)).ShouldContain("Webhooks:Security:PreviousMasterKeys");
    }

    [Fact]
    public async Task Start_KeyRingLost_IsToldInsteadOfFailingEveryDelivery()
    {
        await using (var first = await ServerProcess.StartReadyAsync(_home, TestContext.Current.CancellationToken))
        {
            var api = new Api(_home.Address, ServerHome.BootstrapKey);
            await api.PostAsync("/app", new { name = "Acme", uid = "acme" }, HttpStatusCode.Created, TestContext.Current.CancellationToken);
            await api.PostAsync(
                "/app/acme/endpoint", new { url = "https://example.com" }, HttpStatusCode.Created, TestContext.Current.CancellationToken);
            await first.KillAsync();
        }

        Directory.Delete(Path.Combine(_home.DataDirectory, "keys"), recursive: true);

        (await RefusedAsync(_home, isLogged: true)).ShouldContain("restore that key ring");
    }

    [Fact]
    public async Task Start_DatabaseIsNone_NamesTheFile()
    {
        Directory.CreateDirectory(_home.DataDirectory);
        await File.WriteAllTextAsync(_home.DatabaseFile, new string('x', 8_192), TestContext.Current.CancellationToken);

        // EF Core logs, beside the sentence, that it could not connect.
        (await RefusedAsync(_home, isLogged: true)).ShouldContain("webhooks.db' cannot be opened");
    }

    [Fact]
    public async Task Start_SqlServerThatIsNotThere_NamesTheSettingAndNotThePassword()
    {
        _home.Settings["Webhooks__Storage__Provider"] = "SqlServer";
        _home.Settings["ConnectionStrings__Webhooks"] = "Server=tcp:127.0.0.1,1;User Id=sa;Password=hunter2;Connect Timeout=2";

        var told = await RefusedAsync(_home, isLogged: true);

        told.ShouldContain("The database that ConnectionStrings:Webhooks names cannot be opened");
        told.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Start_SecondOnTheSameDataDirectory_IsToldSo()
    {
        await using var first = await StartedAsync(_home);
        using var other = new ServerHome();
        other.Settings["Webhooks__DataDirectory"] = _home.DataDirectory;

        var told = await RefusedAsync(other);

        told.ShouldContain("in use by another server");
        told.ShouldContain("Webhooks:DataDirectory");
    }

    [Fact]
    public async Task Start_PortInUse_IsToldSo()
    {
        await using var first = await StartedAsync(_home);
        using var other = new ServerHome();
        other.Settings["ASPNETCORE_URLS"] = _home.Settings["ASPNETCORE_URLS"];

        var told = await RefusedAsync(other);

        told.ShouldContain("address already in use");
        told.ShouldContain("ASPNETCORE_URLS");
    }

    private Task<string> RefusedAsync() => RefusedAsync(_home);

    private static async Task<string> RefusedAsync(ServerHome home, bool isLogged = false)
    {
        await using var server = ServerProcess.Start(home);

        (await server.ExitAsync(Soon, TestContext.Current.CancellationToken)).ShouldNotBe(0, server.Output);

        (isLogged ? server.StandardError : server.Output).ShouldNotContain("   at ");
        server.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldAllBe(line => line.StartsWith("Webhooks cannot start: ", StringComparison.Ordinal));
        return server.StandardError;
    }

    private static async Task<ServerProcess> StartedAsync(ServerHome home)
    {
        var server = ServerProcess.Start(home);
        await Eventually.TrueAsync(
            () => server.StandardOutput.Contains("Test inbox"), Soon, () => server.Output, TestContext.Current.CancellationToken);
        return server;
    }
}
