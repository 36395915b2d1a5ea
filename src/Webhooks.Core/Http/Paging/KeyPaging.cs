using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Webhooks.Core.Http.Paging;

/// <summary>
/// Pages by key, in both directions: a page costs the same wherever it lies, and a row that comes or goes shifts no other.
/// </summary>
internal static class KeyPaging
{
    /// <param name="key">The unique column that the list is ordered by.</param>
    /// <param name="keyOf">The same of a result.</param>
    public static Task<Page<TOut>> ToPageAsync<TRow, TKey, TOut>(
        this IQueryable<TRow> rows, PageRequest<TKey> page, Expression<Func<TRow, TKey>> key, Expression<Func<TRow, TOut>> projection,
        Func<TOut, TKey> keyOf, CancellationToken cancellationToken) =>
        rows.ToPageAsync(page, key, found => found.Select(projection), keyOf, cancellationToken);

    /// <param name="project">For a projection that is a query by itself.</param>
    public static async Task<Page<TOut>> ToPageAsync<TRow, TKey, TOut>(
        this IQueryable<TRow> rows, PageRequest<TKey> page, Expression<Func<TRow, TKey>> key,
        Func<IQueryable<TRow>, IQueryable<TOut>> project, Func<TOut, TKey> keyOf, CancellationToken cancellationToken)
    {
        var upwards = page.IsAscending != page.IsBackwards;
        if (page.Iterator is not null)
            rows = rows.Where(IsBeyond(key, page.Cursor, upwards));

        // One more than asked for tells whether the list goes on.
        var ordered = upwards ? rows.OrderBy(key) : rows.OrderByDescending(key);
        var found = await project(ordered.Take(page.Limit + 1)).ToListAsync(cancellationToken);
        var isDone = found.Count <= page.Limit;
        if (!isDone)
            found.RemoveAt(page.Limit);
        if (page.IsBackwards)
            found.Reverse();

        return found.Count == 0
            ? new Page<TOut>([], null, null, isDone)
            : new Page<TOut>(found, $"{keyOf(found[^1])}", $"-{keyOf(found[0])}", isDone);
    }

    private static Expression<Func<TRow, bool>> IsBeyond<TRow, TKey>(Expression<Func<TRow, TKey>> key, TKey cursor, bool upwards)
    {
        // A member of an object, not a constant: EF Core makes it a parameter, so all pages share one query plan.
        Expression limit = Expression.Field(Expression.Constant(new Cursor<TKey>(cursor)), nameof(Cursor<>.Value));
        var left = key.Body;
        if (typeof(TKey) == typeof(string))
        {
            left = Expression.Call(typeof(string), nameof(string.Compare), null, left, limit);
            limit = Expression.Constant(0);
        }

        var comparison = upwards ? Expression.GreaterThan(left, limit) : Expression.LessThan(left, limit);
        return Expression.Lambda<Func<TRow, bool>>(comparison, key.Parameters);
    }

    private sealed class Cursor<T>(T value)
    {
        public readonly T Value = value;
    }
}
