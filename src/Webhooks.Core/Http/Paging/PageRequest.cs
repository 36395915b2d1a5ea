using Webhooks.Core.Data.Ids;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Parameters;

namespace Webhooks.Core.Http.Paging;

/// <summary>Which page is asked for.</summary>
/// <typeparam name="TKey">What the list is ordered by.</typeparam>
internal sealed record PageRequest<TKey>
{
    /// <summary>How many entries a page has at most.</summary>
    [QueryParameter("limit", "How many entries to return: 1 to 250.", Default = "50")]
    public int Limit { get; init; } = PageReading.DefaultLimit;

    /// <summary>The iterator of another page; it continues where that page ended.</summary>
    [QueryParameter("iterator", "The iterator or prevIterator of another page; one that starts with '-' leads backwards.")]
    public string? Iterator { get; init; }

    /// <summary>What the iterator names; meaningless without one.</summary>
    public TKey Cursor { get; init; } = default!;

    /// <summary>The page before the cursor, not the one after it.</summary>
    public bool IsBackwards { get; init; }

    /// <summary>The list's order, whatever the direction of paging.</summary>
    public bool IsAscending { get; init; }
}

/// <summary>Which way a list goes, for those that let the caller choose.</summary>
internal sealed record ListOrder(
    [property: QueryParameter("order", "'ascending' or 'descending'.", Example = "ascending")] string Word)
{
    public bool IsAscending => Word == Ascending;

    public const string Ascending = "ascending";
    public const string Descending = "descending";
}

internal static class PageReading
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 250;

    private delegate bool TryRead<TKey>(string text, out TKey key);

    /// <summary>Reads <c>limit</c> and <c>iterator</c> of a list ordered by id.</summary>
    public static PageRequest<TId> Page<TId>(this QueryReader query, bool isAscending) where TId : struct, IEntityId<TId> =>
        query.Page<TId>(isAscending, IdText.TryParse);

    /// <summary>Reads <c>limit</c> and <c>iterator</c> of a list ordered by name.</summary>
    public static PageRequest<string> PageByName(this QueryReader query, bool isAscending, TextRule rule) =>
        query.Page(isAscending, (string text, out string name) =>
        {
            name = text;
            return rule.FindFault(text) is null;
        });

    /// <summary>Reads <c>order</c>.</summary>
    public static ListOrder Order(this QueryReader query, string fallback) =>
        query.OneOf("order", (ListOrder.Ascending, true), (ListOrder.Descending, false)) switch
        {
            true => new(ListOrder.Ascending),
            false => new(ListOrder.Descending),
            null => new(fallback),
        };

    private static PageRequest<TKey> Page<TKey>(this QueryReader query, bool isAscending, TryRead<TKey> tryRead)
    {
        var page = new PageRequest<TKey> { Limit = query.Limit(), IsAscending = isAscending };
        if (query.Raw("iterator") is not { } iterator)
            return page;

        var isBackwards = iterator.StartsWith('-');
        if (tryRead(isBackwards ? iterator[1..] : iterator, out var cursor))
            return page with { Iterator = iterator, Cursor = cursor, IsBackwards = isBackwards };

        query.Fault("iterator", "Is not an iterator of this list. Send the iterator or prevIterator of one of its pages, or none.");
        return page;
    }

    /// <summary>Reads <c>limit</c>.</summary>
    public static int Limit(this QueryReader query)
    {
        var limit = query.Integer("limit") ?? DefaultLimit;
        if (limit > MaxLimit)
            query.Fault("limit", $"Given limit must not exceed {MaxLimit}");
        else if (limit < 1)
            query.Fault("limit", "Given limit must be at least 1");
        return limit;
    }
}
