namespace Webhooks.Server.Dashboard.Attempts;

/// <summary>A header that an attempt carried.</summary>
/// <param name="Value">Null where it can't be told.</param>
/// <param name="Note">Why it can't, or how it is known; null where nothing need be said.</param>
internal sealed record SentHeader(string Name, string? Value, string? Note = null);
