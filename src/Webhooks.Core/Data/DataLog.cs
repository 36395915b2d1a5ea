using Microsoft.Extensions.Logging;

namespace Webhooks.Core.Data;

/// <summary>Event ids 6000 to 6099.</summary>
internal static partial class DataLog
{
    [LoggerMessage(6000, LogLevel.Warning, "The database's clock is {Moved} from the time that this node went by until now; the database's rules")]
    public static partial void ClockMoved(this ILogger logger, TimeSpan moved);

    [LoggerMessage(6001, LogLevel.Warning, "The database's clock could not be read; this node goes on with its own until it can")]
    public static partial void ClockNotMeasured(this ILogger logger, Exception fault);
}
