namespace Webhooks.Core.Polling;

/// <summary>Where a reader goes on.</summary>
/// <param name="Iterator" example="AX8i4nmwfMOYxNwMDAc5jwAAAAAAAAAq">The place; a poll without an iterator begins there, too.</param>
internal sealed record PollingEndpointConsumerSeekOut(string Iterator);
