using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Messages;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.Messages;

/// <summary>A page of messages, and how it was found.</summary>
internal sealed record MessageList(ListPage<MessageRow> Page)
{
    private const int MaxWithEventId = 50;

    private static readonly ListPage<MessageRow> None = new([], null, null);

    /// <summary>Why nothing could be looked for; null when it could.</summary>
    public string? Fault { get; private init; }

    /// <summary>Whether the text is the id of these messages, their own or their publishers'.</summary>
    public bool IsById { get; private init; }

    /// <summary>How many were looked through before the page was full or the list at its end; null when it was not that many.</summary>
    public int? Looked { get; private init; }

    /// <summary>Until when they were looked through.</summary>
    public DateTimeOffset? LookedUntil { get; private init; }

    public static async Task<MessageList> ReadAsync(
        WebhooksDbContext db, MessageFilters filters, PageRequest<MessageId> asked, CancellationToken cancellationToken)
    {
        if (filters.Text is { } text && asked.Iterator is null && await ByIdAsync(db, text, cancellationToken) is { Count: > 0 } named)
            return new MessageList(None with { Items = await MessageRow.ReadAsync(db, named, cancellationToken) }) { IsById = true };

        var (search, fault) = await filters.ResolveAsync(db, cancellationToken);
        if (search is null)
            return new MessageList(None) { Fault = fault };

        var found = await search.FindAsync(db, asked, cancellationToken);
        var rows = await MessageRow.ReadAsync(db, found.Page.Data, cancellationToken);
        return new MessageList(new Page<MessageRow>(rows, found.Page.Iterator, found.Page.PrevIterator, found.Page.Done).ToList(asked))
        {
            Looked = found.Edge is null ? null : search.Reach,
            LookedUntil = found.Edge is { } edge ? IdTime.Of(edge) : null,
        };
    }

    private static async Task<List<MessageId>> ByIdAsync(WebhooksDbContext db, string text, CancellationToken cancellationToken) =>
        IdText.TryParse<MessageId>(text, out var id)
            ? await db.Messages.Where(m => m.Id == id).Select(m => m.Id).ToListAsync(cancellationToken)
            : await MessageSearch.WithEventId(db, text).OrderByDescending(found => found).Take(MaxWithEventId)
                .ToListAsync(cancellationToken);
}
