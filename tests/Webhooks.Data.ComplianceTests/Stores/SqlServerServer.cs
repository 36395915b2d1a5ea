using DotNet.Testcontainers.Builders;
using Microsoft.Data.SqlClient;
using Testcontainers.MsSql;

[assembly: AssemblyFixture(typeof(Webhooks.Data.ComplianceTests.Stores.SqlServerServer.Cleanup))]

namespace Webhooks.Data.ComplianceTests.Stores;

/// <summary>
/// The server that the tests use: the one that <c>WEBHOOKS_TEST_SQLSERVER</c> names (a connection string of somebody who may create
/// databases), or a container where Docker runs. Without either the tests skip, unless <c>WEBHOOKS_TEST_REQUIRE</c> has
/// <c>sqlserver</c>: then they fail.
/// </summary>
internal sealed class SqlServerServer(string? connectionString, MsSqlContainer? container)
{
    private static readonly Lazy<SqlServerServer> Shared = new(() => Task.Run(StartAsync).GetAwaiter().GetResult());

    public static SqlServerServer Instance => Shared.Value;

    public bool IsThere => connectionString is not null;

    public string ConnectionStringOf(string database) =>
        new SqlConnectionStringBuilder(connectionString ?? "") { InitialCatalog = database }.ConnectionString;

    /// <summary>Ends the test where there is no server.</summary>
    public void Need()
    {
        if (IsThere)
            return;

        const string Reason = "Neither does WEBHOOKS_TEST_SQLSERVER name a server nor does Docker run";
        var required = Environment.GetEnvironmentVariable("WEBHOOKS_TEST_REQUIRE")?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        if (required.Contains("sqlserver", StringComparer.OrdinalIgnoreCase))
            Assert.Fail($"{Reason}, and WEBHOOKS_TEST_REQUIRE has 'sqlserver'.");
        Assert.Skip($"{Reason}.");
    }

    private static async Task<SqlServerServer> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("WEBHOOKS_TEST_SQLSERVER") is { Length: > 0 } named)
            return new SqlServerServer(named, null);

        try
        {
            var container = new MsSqlBuilder("mcr.microsoft.com/mssql/server:2019-latest").Build(); // the oldest that must do
            await container.StartAsync();
            return new SqlServerServer(container.GetConnectionString(), container);
        }
        catch (DockerUnavailableException)
        {
            return new SqlServerServer(null, null);
        }
    }

    private ValueTask StopAsync() => container?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>After the last test.</summary>
    public sealed class Cleanup : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Shared.IsValueCreated ? Instance.StopAsync() : ValueTask.CompletedTask;
    }
}
