using Microsoft.Extensions.Logging;

namespace Webhooks.Data.SqlServer;

internal static partial class SqlServerLog
{
    [LoggerMessage(8101, LogLevel.Warning,
        "READ_COMMITTED_SNAPSHOT is off, so readers wait for writers. It could not be switched on ({Reason}): while nobody is connected, "
        + "run: ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON")]
    public static partial void SnapshotReadsAreOff(this ILogger logger, string reason);
}
