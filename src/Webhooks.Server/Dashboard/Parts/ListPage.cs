using Webhooks.Core.Data.Ids;
using Webhooks.Core.Http.Paging;

namespace Webhooks.Server.Dashboard.Parts;

/// <summary>One page of a list, and where the pages beside it are.</summary>
/// <param name="Items">The entries.</param>
/// <param name="Next">Where the next page begins; null when this is the last one.</param>
/// <param name="Previous">Where the page before begins; null when this is the first one.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Items, string? Next, string? Previous);

/// <summary>Pages by key, as the API's lists are.</summary>
internal static class ListPages
{
    public const int Size = 50;

    /// <param name="at">The iterator in the page's address; one that isn't good means the first page.</param>
    public static PageRequest<TId> Request<TId>(string? at, bool isAscending = false, int size = Size) where TId : struct, IEntityId<TId>
    {
        var first = new PageRequest<TId> { Limit = size, IsAscending = isAscending };
        var isBackwards = at is ['-', ..];
        return at is not null && IdText.TryParse<TId>(isBackwards ? at[1..] : at, out var cursor)
            ? first with { Iterator = at, Cursor = cursor, IsBackwards = isBackwards }
            : first;
    }

    /// <summary>Of a list in the order of names.</summary>
    public static PageRequest<string> RequestByName(string? at, int size = Size)
    {
        var first = new PageRequest<string> { Limit = size, IsAscending = true };
        var isBackwards = at is ['-', ..];
        return string.IsNullOrEmpty(at)
            ? first
            : first with { Iterator = at, Cursor = isBackwards ? at[1..] : at, IsBackwards = isBackwards };
    }

    public static ListPage<T> ToList<T, TKey>(this Page<T> page, PageRequest<TKey> asked) => page.ToList(asked.Iterator);

    /// <param name="asked">The iterator that was asked for; null for the first page.</param>
    public static ListPage<T> ToList<T>(this Page<T> page, string? asked)
    {
        var isBackwards = asked is ['-', ..];
        return new(
            page.Data,
            page.Done && !isBackwards ? null : page.Iterator,
            asked is null || (isBackwards && page.Done) ? null : page.PrevIterator);
    }
}
