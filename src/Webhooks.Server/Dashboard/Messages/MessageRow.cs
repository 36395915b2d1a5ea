using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Messages;

namespace Webhooks.Server.Dashboard.Messages;

/// <summary>A line of the list of messages.</summary>
internal sealed record MessageRow(
    MessageId Id, string EventType, string? EventId, DateTimeOffset CreatedAt, ApplicationId ApplicationId, string? Application)
{
    /// <summary>How many destinations stand where: the newest delivery to each endpoint counts.</summary>
    public IReadOnlyList<Standing> Standings { get; private init; } = [];

    /// <summary>The messages of a page, in its order.</summary>
    public static async Task<IReadOnlyList<MessageRow>> ReadAsync(
        WebhooksDbContext db, IReadOnlyList<MessageId> ids, CancellationToken cancellationToken)
    {
        var rows = await db.Messages.Where(m => ids.Contains(m.Id))
            .Select(m => new MessageRow(
                m.Id, m.EventType, m.EventId, m.CreatedAt, m.ApplicationId,
                db.Applications.Where(a => a.Id == m.ApplicationId).Select(a => a.Name).FirstOrDefault()))
            .ToDictionaryAsync(row => row.Id, cancellationToken);
        var standings = await db.Deliveries.Where(d => ids.Contains(d.MessageId)).Newest(db)
            .GroupBy(d => new { d.MessageId, d.State, IsTried = d.Attempts > 0 })
            .Select(same => new { same.Key.MessageId, Standing = new Standing(same.Key.State, same.Key.IsTried, same.Count()) })
            .ToListAsync(cancellationToken);
        var ofMessage = standings.ToLookup(s => s.MessageId, s => s.Standing);
        return [.. from id in ids where rows.ContainsKey(id) select rows[id] with { Standings = InOrder(ofMessage[id]) }];
    }

    private static List<Standing> InOrder(IEnumerable<Standing> standings) => [.. standings.OrderBy(s => RankOf(s.State))];

    // What needs a person first.
    private static int RankOf(DeliveryState state) => state switch
    {
        DeliveryState.Dead => 0,
        DeliveryState.Held => 1,
        DeliveryState.Delivered => 9,
        _ => 2,
    };

    /// <param name="IsTried">Whether an attempt was made.</param>
    internal sealed record Standing(DeliveryState State, bool IsTried, int Count);
}
