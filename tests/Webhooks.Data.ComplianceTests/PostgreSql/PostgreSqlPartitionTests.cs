using System.Reflection;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.PostgreSql;

/// <summary>The partitions of <c>docs/scaling.md</c>, on the tables as the migrations make them.</summary>
public sealed class PostgreSqlPartitionTests() : PostgreSqlStoreTests(new PostgreSqlStore())
{
    private const string Begin = "<!-- postgresql -->\n```sql\n";

    /// <summary>What another table or a key of more columns takes the place of.</summary>
    private static readonly string[] Replaced =
    [
        "messages unique application_id, event_id (event_id IS NOT NULL)", "attempts unique id", "attempts message_id, id",
        "deliveries_dead unique id", "deliveries_done unique id",
    ];

    private static readonly Guid Endpoint = Guid.NewGuid();

    [Fact]
    public async Task RemoveDay_SomeOfItMustStay_RemovesTheRest()
    {
        await ExecuteAsync(await ReadAsync());
        await ExecuteAsync("SET search_path = parted; CALL add_day('2026-01-01'); CALL add_day('2026-01-02')");
        var (delivered, dead, waiting, nextDay) = (IdOf(1), IdOf(1), IdOf(1), IdOf(2));
        foreach (var (message, state) in new[] { (delivered, 3), (dead, 4), (waiting, 0), (nextDay, 3) })
            await ExecuteAsync(Rows(message, state));

        await ExecuteAsync("SET search_path = parted; CALL remove_day('2026-01-01')");

        var left = new[] { dead, waiting, nextDay }.Order();
        (await LeftAsync("messages", "id")).ShouldBe(left);
        (await LeftAsync("message_payloads", "message_id")).ShouldBe(left);
        (await LeftAsync("attempts", "message_id")).ShouldBe(left);
        (await LeftAsync("deliveries", "message_id")).ShouldBe(left);
        (await ScalarAsync<long>("SELECT count(*) FROM parted.messages_kept")).ShouldBe(2);
    }

    [Fact]
    public async Task Deliveries_OneEnds_MovesItToItsDay()
    {
        await ExecuteAsync(await ReadAsync());
        await ExecuteAsync("SET search_path = parted; CALL add_day('2026-01-01')");
        await ExecuteAsync(Rows(IdOf(1), state: 1));

        await ExecuteAsync("UPDATE parted.deliveries SET state = 3 WHERE state = 1");

        (await ScalarAsync<string>("SELECT tableoid::regclass::text FROM parted.deliveries")).ShouldEndWith("deliveries_done_20260101");
    }

    [Fact]
    public async Task Partitions_OfATable_HaveEveryIndexOfIt()
    {
        await ExecuteAsync(await ReadAsync());

        var there = (await IndexesAsync("public", "messages", "message_payloads", "attempts", "deliveries")).SelectMany(ByState);
        var parted = await IndexesAsync(
            "parted", "messages", "message_payloads", "attempts", "deliveries_open", "deliveries_dead", "deliveries_done");

        there.Except(parted).ShouldBe(Replaced, ignoreOrder: true);
    }

    /// <summary>On the partitions of those states that the index is about.</summary>
    private static string[] ByState(string index) => index.Split(' ', 2) switch
    {
        ["deliveries", var rest] when rest.Contains("(state = 6)", StringComparison.Ordinal) => [$"deliveries_done {rest}"],
        ["deliveries", var rest] when rest.Contains("state = ", StringComparison.Ordinal) => [$"deliveries_open {rest}"],
        ["deliveries", var rest] => [$"deliveries_open {rest}", $"deliveries_dead {rest}", $"deliveries_done {rest}"],
        _ => [index],
    };

    private Task<string[]> IndexesAsync(string schema, params string[] tables) => ScalarAsync<string[]>($"""
        SELECT array_agg(concat_ws(' ', c.relname, CASE WHEN i.indisunique THEN 'unique' END,
            (SELECT string_agg(pg_get_indexdef(i.indexrelid, k, true), ', ' ORDER BY k) FROM generate_series(1, i.indnatts) k),
            pg_get_expr(i.indpred, i.indrelid)))
        FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
        WHERE c.relnamespace = '{schema}'::regnamespace AND c.relname = ANY (string_to_array('{string.Join(',', tables)}', ','))
        """);

    private static Guid IdOf(int day) =>
        Guid.CreateVersion7(new DateTimeOffset(2026, 1, day, 12, 0, 0, TimeSpan.Zero));

    private static string Rows(Guid message, int state) => $"""
        INSERT INTO parted.messages (id, application_id, event_type, created_at) VALUES ('{message}', '{Guid.Empty}', 'a', 0);
        INSERT INTO parted.message_payloads (message_id, body, expires_at) VALUES ('{message}', '', 0);
        INSERT INTO parted.deliveries
            (id, message_id, endpoint_id, replay_number, trigger_type, sequence, state, due_at, attempts, failures, own_faults, created_at)
            VALUES ('{message}', '{message}', '{Endpoint}', 0, 0, 1, {state}, 0, 0, 0, 0, 0);
        INSERT INTO parted.attempts
            (id, delivery_id, message_id, endpoint_id, number, trigger_type, started_at, outcome, url, total_microseconds, node)
            VALUES ('{Guid.NewGuid()}', '{message}', '{message}', '{Endpoint}', 1, 0, 0, 0, '', 1, '');
        """;

    private async Task<Guid[]> LeftAsync(string table, string column) =>
        [.. (await ScalarAsync<Guid[]>($"SELECT array_agg({column}) FROM parted.{table}")).Order()];

    private static async Task<string> ReadAsync()
    {
        var root = typeof(PostgreSqlPartitionTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(entry => entry.Key == "RepositoryRoot").Value!;
        var text = await File.ReadAllTextAsync(Path.Combine(root, "docs", "scaling.md"), Cancel);
        var from = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        return text[from..text.IndexOf("```\n", from, StringComparison.Ordinal)];
    }
}
