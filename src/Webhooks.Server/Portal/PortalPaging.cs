using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Portal;

internal static class PortalPaging
{
    /// <param name="at">The iterator that was asked for.</param>
    public static ListPage<T> ToList<T>(this PortalPage<T>? page, string? at)
    {
        if (page is null)
            return new ListPage<T>([], null, null);

        var isBackwards = at is ['-', ..];
        return new ListPage<T>(
            page.Data, page.Done && !isBackwards ? null : page.Iterator, at is null || (isBackwards && page.Done) ? null : page.PrevIterator);
    }
}
