using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;

namespace Webhooks.Data.SqlServer;

/// <summary>What a claim reads after its commit: the payloads, and when to look again.</summary>
internal static class PayloadSql
{
    public const string SelectPayloads = """
        SELECT p.message_id, COALESCE(p.raw_body, p.body)
        FROM OPENJSON(@messages) WITH (id char(32) '$') AS k
        JOIN message_payloads AS p ON p.message_id = CONVERT(binary(16), k.id, 2);

        """;

    // What goes in one round trip.
    private const string SelectPayloadsAndNextReady = SelectPayloads + ClaimSql.SelectNextReady;

    /// <param name="mayProbe">Whether lanes that are allowed one attempt at a time count, too.</param>
    public static async Task<NextLane?> NextReadyAsync(
        SqlServerStatements statements, bool mayProbe, CancellationToken cancellationToken)
    {
        await using var rows = await statements.QueryAsync(ClaimSql.SelectNextReady, cancellationToken, ("@may_probe", mayProbe));
        return await ReadNextAsync(rows, cancellationToken);
    }

    // One message goes to many endpoints: its payload is read, and kept in memory, once.
    public static async Task<Claim> CompleteAsync(
        SqlServerStatements statements, List<ClaimedDelivery> claimed, bool mayProbe, CancellationToken cancellationToken)
    {
        var messages = claimed.Select(delivery => delivery.Request.MessageId).Distinct().Select(id => id.ToHex());
        await using var rows = await statements.QueryAsync(
            SelectPayloadsAndNextReady, cancellationToken,
            ("@messages", SqlServerJson.Rows(messages)), ("@may_probe", mayProbe));

        var payloads = new Dictionary<MessageId, byte[]>();
        while (await rows.ReadAsync(cancellationToken))
            payloads[rows.GetId<MessageId>(0)] = rows.GetBytes(1);
        await rows.NextQueryAsync(cancellationToken);
        var next = await ReadNextAsync(rows, cancellationToken);
        var complete = claimed.ConvertAll(delivery => delivery with
        {
            Request = delivery.Request with { Payload = payloads.GetValueOrDefault(delivery.Request.MessageId) },
        });
        return new Claim(complete, next?.ReadyAt);
    }

    private static async Task<NextLane?> ReadNextAsync(SqlServerRows rows, CancellationToken cancellationToken) =>
        await rows.ReadAsync(cancellationToken) ? new NextLane(rows.GetId<EndpointId>(0), rows.GetTime(1)) : null;
}
