using DotNet.Testcontainers.Builders;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Testcontainers.PostgreSql;
using Webhooks.Data.PostgreSql;

[assembly: AssemblyFixture(typeof(Webhooks.Data.ComplianceTests.Stores.PostgreSqlServer.Cleanup))]

namespace Webhooks.Data.ComplianceTests.Stores;

/// <summary>
/// The server that the tests use: the one that <c>WEBHOOKS_TEST_POSTGRES</c> names (a connection string of somebody who may create
/// databases), or a container where Docker runs. Without either the tests skip, unless <c>WEBHOOKS_TEST_REQUIRE</c> has <c>postgres</c>:
/// then they fail.
/// </summary>
internal sealed class PostgreSqlServer
{
    private static readonly Lazy<PostgreSqlServer> Shared = new(() => Task.Run(StartAsync).GetAwaiter().GetResult());

    private readonly string? _adminConnection;
    private readonly PostgreSqlContainer? _container;
    private readonly Lazy<Task<string>> _template;

    private PostgreSqlServer(string? adminConnection, PostgreSqlContainer? container)
    {
        (_adminConnection, _container) = (adminConnection, container);
        _template = new(MigrateTemplateAsync);
    }

    public static PostgreSqlServer Instance => Shared.Value;

    public string ConnectionStringOf(string database) =>
        new NpgsqlConnectionStringBuilder(_adminConnection ?? "Host=none") { Database = database }.ConnectionString;

    /// <summary>
    /// Makes a database with the whole schema. Migrating takes longer than most tests, so it is done once, and each test gets a copy: one of
    /// files, which takes a fifth of the time of one by way of the log, the only other that PostgreSQL 15 and later have.
    /// </summary>
    public async Task CreateAsync(string database, CancellationToken cancellationToken)
    {
        Need();
        var template = await _template.Value;
        await using var connection = new NpgsqlConnection(_adminConnection);
        await connection.OpenAsync(cancellationToken);
        var strategy = connection.PostgreSqlVersion.Major >= 15 ? " STRATEGY FILE_COPY" : "";
        await using var command = new NpgsqlCommand($"CREATE DATABASE {database} TEMPLATE {template}{strategy}", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Makes a database with nothing in it. Its collation is not binary, as that of few databases is.</summary>
    public Task CreateEmptyAsync(string database, CancellationToken cancellationToken)
    {
        Need();
        return ExecuteAsync($"CREATE DATABASE {database} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en'", cancellationToken);
    }

    public Task DropAsync(string database) =>
        _adminConnection is null
            ? Task.CompletedTask
            : ExecuteAsync($"DROP DATABASE IF EXISTS {database} WITH (FORCE)", CancellationToken.None);

    private static async Task<PostgreSqlServer> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("WEBHOOKS_TEST_POSTGRES") is { Length: > 0 } named)
            return new PostgreSqlServer(named, null);

        try
        {
            var container = new PostgreSqlBuilder("postgres:17-alpine").Build();
            await container.StartAsync();
            return new PostgreSqlServer(container.GetConnectionString(), container);
        }
        catch (DockerUnavailableException)
        {
            return new PostgreSqlServer(null, null);
        }
    }

    private void Need()
    {
        if (_adminConnection is not null)
            return;

        const string Reason = "Neither does WEBHOOKS_TEST_POSTGRES name a server nor does Docker run";
        var required = Environment.GetEnvironmentVariable("WEBHOOKS_TEST_REQUIRE")?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        if (required.Contains("postgres", StringComparer.OrdinalIgnoreCase))
            Assert.Fail($"{Reason}, and WEBHOOKS_TEST_REQUIRE has 'postgres'.");
        Assert.Skip($"{Reason}.");
    }

    private async Task<string> MigrateTemplateAsync()
    {
        var template = $"webhooks_template_{Guid.NewGuid():n}";
        await CreateEmptyAsync(template, CancellationToken.None);

        // Its end closes its connections: a template must have none.
        await using var database = new PostgreSqlDatabase(ConnectionStringOf(template));
        await using var db = PostgreSqlStore.NewContext(database);
        await PostgreSqlMigration.MigrateAsync(db, CancellationToken.None);
        return template;
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_adminConnection);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>After the last test.</summary>
    public sealed class Cleanup : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            if (!Shared.IsValueCreated)
                return;
            if (Instance._template.IsValueCreated)
                await Instance.DropAsync(await Instance._template.Value);
            if (Instance._container is { } container)
                await container.DisposeAsync();
        }
    }
}
