using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.PostgreSql;

/// <summary>One lane with a large backlog beside many that are ready, and a history as large. Made once for a class of tests.</summary>
public sealed class ParkedRows : IAsyncLifetime
{
    public const int Parked = 100_000;
    private const int Applications = 2_000;
    private const int LanesOfEach = 10;

    internal static readonly Guid Endpoint = Guid.NewGuid();

    private Task? _made;

    internal PostgreSqlStore Store { get; } = new();

    /// <summary>Called by each test, so that each can skip where there is no server.</summary>
    public Task EnsureAsync(bool isAnalyzed, CancellationToken cancellationToken) => _made ??= MakeAsync(isAnalyzed, cancellationToken);

    private async Task MakeAsync(bool isAnalyzed, CancellationToken cancellationToken)
    {
        await Store.CreateAsync(cancellationToken);
        await ExecuteAsync(Rows, cancellationToken);
        if (isAnalyzed)
            await ExecuteAsync("ANALYZE", cancellationToken);
    }

    private static string Rows => $"""
        ALTER TABLE deliveries SET (autovacuum_enabled = false);
        ALTER TABLE attempts SET (autovacuum_enabled = false);
        ALTER TABLE lanes SET (autovacuum_enabled = false);
        ALTER TABLE messages SET (autovacuum_enabled = false);
        ALTER TABLE endpoints SET (autovacuum_enabled = false);
        ALTER TABLE applications SET (autovacuum_enabled = false);
        INSERT INTO applications (id, name, metadata, created_at, updated_at)
            SELECT gen_random_uuid(), '', '', 0, 0 FROM generate_series(1, {Applications});
        INSERT INTO endpoints
            (id, application_id, url, description, metadata, disabled, ordered, unknown_outcome_policy, created_at, updated_at)
            SELECT gen_random_uuid(), id, 'https://example.com', '', '', false, false, 0, 0, 0
            FROM applications, generate_series(1, {LanesOfEach});
        INSERT INTO lanes (endpoint_id, application_id, ready_at, in_flight, in_flight_limit, saturated, held, last_sequence)
            SELECT id, application_id, 1, 0, 10, false, false, 0 FROM endpoints;
        INSERT INTO messages (id, application_id, event_type, event_id, created_at)
            SELECT gen_random_uuid(), '{Guid.Empty}', 'a', n::text, 0 FROM generate_series(1, {Parked}) n;
        INSERT INTO message_payloads (message_id, body, expires_at) SELECT id, '\x7b7d', 1 FROM messages;
        INSERT INTO deliveries
            (id, message_id, endpoint_id, replay_number, trigger_type, sequence, state, due_at, attempts, failures, own_faults, created_at)
            SELECT gen_random_uuid(), id, '{Endpoint}', 0, 0, 0, 0, 1, 0, 0, 0, 0 FROM messages;
        INSERT INTO deliveries
            (id, message_id, endpoint_id, replay_number, trigger_type, sequence, state, due_at, attempts, failures, own_faults, created_at)
            SELECT gen_random_uuid(), id, gen_random_uuid(), 0, 0, 0, 3, 1, 1, 0, 0, 0 FROM messages;
        INSERT INTO attempts
            (id, delivery_id, message_id, endpoint_id, number, trigger_type, started_at, outcome, url, total_microseconds, node)
            SELECT gen_random_uuid(), id, message_id, endpoint_id, 1, 0, 0,
                   CASE WHEN get_byte(uuid_send(id), 0) = 0 THEN 4 ELSE 1 END, 'https://example.com', 1, 'node'
            FROM deliveries WHERE state = 3;
        """;

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Store.Database.Source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
