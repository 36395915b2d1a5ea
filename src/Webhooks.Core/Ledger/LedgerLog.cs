using Microsoft.Extensions.Logging;

namespace Webhooks.Core.Ledger;

/// <summary>Event ids 5100 to 5199.</summary>
internal static partial class LedgerLog
{
    // Who keeps logs elsewhere has noted the hash there.
    [LoggerMessage(5100, LogLevel.Information, "Sealed the books of {Day} with the hash {Hash}")]
    public static partial void DaySealed(this ILogger logger, string day, string hash);
}
