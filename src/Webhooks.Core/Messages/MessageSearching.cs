using System.Text;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Http.Paging;

namespace Webhooks.Core.Messages;

/// <summary>Looks for messages, page by page and never further than a bound: what it costs does not follow the history.</summary>
internal static class MessageSearching
{
    /// <summary>Payloads are read so many at a time: each may have some megabytes.</summary>
    private const int ReadAtOnce = 50;

    public static async Task<MessagesFound> FindAsync(
        this MessageSearch search, WebhooksDbContext db, PageRequest<MessageId> page, CancellationToken cancellationToken)
    {
        var scope = InDirection(search.Scope(db), page);
        var edge = search.IsSifting ? await EdgeAsync(scope, page, search.Reach, cancellationToken) : null;
        if (edge is { } last)
            scope = page.IsBackwards ? scope.Where(id => id <= last) : scope.Where(id => id >= last);

        var sifted = Ordered(search.Sift(scope, db), page);
        var found = search.Text is { } text
            ? await ContainingAsync(
                db, await sifted.Take(search.Reach).ToListAsync(cancellationToken), text, page.Limit + 1, cancellationToken)
            : await sifted.Take(page.Limit + 1).ToListAsync(cancellationToken);
        return ToResult(found, page, edge);
    }

    private static MessagesFound ToResult(List<MessageId> found, PageRequest<MessageId> page, MessageId? edge)
    {
        // One more than asked for tells that the list goes on; so does an edge, behind which nobody has looked.
        var isFull = found.Count > page.Limit;
        if (isFull)
        {
            found.RemoveAt(page.Limit);
            edge = null;
        }

        MessageId? onwards = isFull ? found[^1] : edge;
        MessageId? back = found.Count > 0 ? found[0] : page.Iterator is null ? null : page.Cursor;
        if (page.IsBackwards)
            found.Reverse();

        var (next, previous) = page.IsBackwards ? (back, onwards) : (onwards, back);
        return new MessagesFound(
            new Page<MessageId>(found, next is null ? null : $"{next}", previous is null ? null : $"-{previous}", onwards is null), edge);
    }

    private static IQueryable<MessageId> InDirection(IQueryable<MessageId> ids, PageRequest<MessageId> page)
    {
        if (page.Iterator is null)
            return ids;

        var cursor = page.Cursor;
        return page.IsBackwards ? ids.Where(id => id > cursor) : ids.Where(id => id < cursor);
    }

    private static IQueryable<MessageId> Ordered(IQueryable<MessageId> ids, PageRequest<MessageId> page) =>
        page.IsBackwards ? ids.OrderBy(id => id) : ids.OrderByDescending(id => id);

    /// <summary>The last that is looked at; null when there are not so many.</summary>
    private static Task<MessageId?> EdgeAsync(
        IQueryable<MessageId> scope, PageRequest<MessageId> page, int reach, CancellationToken cancellationToken) =>
        Ordered(scope, page).Skip(reach - 1).Take(1).Select(id => (MessageId?)id).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Those whose payload contains a text, in their order. In memory: no two engines search bytes alike.</summary>
    private static async Task<List<MessageId>> ContainingAsync(
        WebhooksDbContext db, List<MessageId> ids, string text, int enough, CancellationToken cancellationToken)
    {
        var found = new List<MessageId>();
        foreach (var some in ids.Chunk(ReadAtOnce))
        {
            var payloads = await db.MessagePayloads.Where(p => some.Contains(p.MessageId))
                .Select(p => new { p.MessageId, Bytes = p.RawBody ?? p.Body })
                .ToDictionaryAsync(p => p.MessageId, p => p.Bytes, cancellationToken);
            found.AddRange(some.Where(id => payloads.TryGetValue(id, out var bytes)
                && Encoding.UTF8.GetString(bytes).Contains(text, StringComparison.OrdinalIgnoreCase)));
            if (found.Count >= enough)
                return found[..enough];
        }

        return found;
    }
}

/// <param name="Edge">
/// Behind this one nobody has looked, because the bound was reached first; null when the page is full or the list at its end.
/// </param>
internal sealed record MessagesFound(Page<MessageId> Page, MessageId? Edge);
