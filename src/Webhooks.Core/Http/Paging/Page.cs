namespace Webhooks.Core.Http.Paging;

/// <summary>One page of a list.</summary>
/// <param name="Data">The entries.</param>
/// <param name="Iterator">Send it as <c>iterator</c> for the page after this one; null on an empty page.</param>
/// <param name="PrevIterator">Send it as <c>iterator</c> for the page before this one; null on an empty page.</param>
/// <param name="Done">Whether nothing follows in the direction of the request.</param>
internal sealed record Page<T>(IReadOnlyList<T> Data, string? Iterator, string? PrevIterator, bool Done);
