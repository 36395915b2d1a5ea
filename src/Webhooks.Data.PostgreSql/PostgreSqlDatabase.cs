using Npgsql;

namespace Webhooks.Data.PostgreSql;

/// <summary>One database: the pool of connections to it, and the settings that all of them have.</summary>
internal sealed class PostgreSqlDatabase(string connectionString) : IAsyncDisposable
{
    // jit: a claim is a small statement that the compiler would work on longer than it runs. plan_cache_mode: a plan made while a table was
    // empty must not be kept for when it is full. idle_in_transaction_session_timeout: a node that hangs or is cut off inside a transaction
    // gives its locks back, and with them other nodes' way on, before what these have under way outlives its lease. Our transactions do
    // nothing between two statements that takes longer than a pause of the process.
    private const string EachSession = "-c jit=off -c plan_cache_mode=force_custom_plan -c idle_in_transaction_session_timeout=10s";

    private const int KeepAliveSeconds = 30;

    public NpgsqlDataSource Source { get; } = NpgsqlDataSource.Create(Complete(connectionString));

    /// <summary>Signalled after each commit that the other nodes are to be told of.</summary>
    public CommitHint Committed { get; } = new();

    public Task<PostgreSqlTransaction> BeginAsync(CancellationToken cancellationToken) =>
        PostgreSqlTransaction.BeginAsync(Source, cancellationToken);

    private static NpgsqlConnectionStringBuilder Complete(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.Options = $"{EachSession} {settings.Options}".TrimEnd(); // what the deployment sets comes last and wins
        settings.ApplicationName ??= "webhooks";
        if (settings.KeepAlive == 0)
            settings.KeepAlive = KeepAliveSeconds; // or a listener would wait for ever on a connection that is gone
        return settings;
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
