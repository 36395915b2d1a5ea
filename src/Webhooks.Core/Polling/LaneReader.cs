using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;
using Webhooks.Core.Security.Signing;

namespace Webhooks.Core.Polling;

/// <summary>
/// Reads an endpoint's lane from a place on, in its order: that of the commits that put the deliveries there, whatever became of them.
/// </summary>
internal sealed class LaneReader(WebhooksDbContext db, EndpointSecrets secrets, SignerCache signers, TimeProvider clock)
{
    /// <summary>How many rows one page looks at where a filter may skip many.</summary>
    public const int MaxScan = 1_000;

    public async Task<PollingEndpointOut> ReadAsync(
        EndpointId endpoint, long position, PollFilter filter, int limit, CancellationToken cancellationToken)
    {
        var scan = filter.IsNone ? limit : MaxScan;
        var looked = await Rows(db, endpoint, position, scan + 1).ToListAsync(cancellationToken);
        var page = LanePage.Cut(looked, position, filter, limit, scan);
        var payloads = await ReadPayloadsAsync(page.Rows, cancellationToken);
        var signer = payloads.Count == 0 ? null : signers.Get(await secrets.LiveAsync(endpoint, cancellationToken));
        var now = clock.GetUtcNow();
        return new PollingEndpointOut
        {
            Data = [.. page.Rows.Select(row => payloads.TryGetValue(row.MessageId, out var payload)
                ? PollingEndpointMessageOut.Of(row, payload.Show(), PollHeaders.Of(row, payload.Sent, signer!, now))
                : PollingEndpointMessageOut.Of(row, MessageOut.Show(withContent: true, body: null), headers: null))],
            Iterator = new PollIterator(endpoint, page.Position).ToString(),
            Done = page.IsDone,
        };
    }

    /// <summary>The next rows of a lane, by its index: what lies before and behind them costs nothing.</summary>
    public static IQueryable<LaneRow> Rows(WebhooksDbContext db, EndpointId endpoint, long position, int count) =>
        from d in db.Deliveries.Where(d => d.EndpointId == endpoint && d.Sequence > position).OrderBy(d => d.Sequence).Take(count)
        join m in db.Messages on d.MessageId equals m.Id
        orderby d.Sequence
        select new LaneRow
        {
            Sequence = d.Sequence,
            State = d.State,
            ArrivedAt = d.CreatedAt,
            MessageId = m.Id,
            EventId = m.EventId,
            EventType = m.EventType,
            Channels = m.Channels,
            Timestamp = m.CreatedAt,
            Bytes = db.MessagePayloads.Where(p => p.MessageId == m.Id).Select(p => (p.RawBody ?? p.Body).Length).FirstOrDefault(),
        };

    private async Task<Dictionary<MessageId, PollPayload>> ReadPayloadsAsync(
        IReadOnlyList<LaneRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(row => row.MessageId).Distinct().ToList();
        return await db.MessagePayloads.Where(p => ids.Contains(p.MessageId))
            .Select(p => new { p.MessageId, Payload = new PollPayload(p.RawBody ?? p.Body, p.RawBody != null) })
            .ToDictionaryAsync(p => p.MessageId, p => p.Payload, cancellationToken);
    }
}
