using Microsoft.Extensions.Logging;

namespace Webhooks.Data.PostgreSql;

internal static partial class PostgreSqlLog
{
    [LoggerMessage(8001, LogLevel.Warning, "The connection that listens for other nodes is lost; until it is back this node polls")]
    public static partial void ListeningLost(this ILogger logger, Exception fault);

    [LoggerMessage(8002, LogLevel.Information, "Listening for other nodes again")]
    public static partial void ListeningAgain(this ILogger logger);
}
