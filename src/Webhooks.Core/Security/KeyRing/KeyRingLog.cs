using Microsoft.Extensions.Logging;

namespace Webhooks.Core.Security.KeyRing;

internal static partial class KeyRingLog
{
    [LoggerMessage(7001, LogLevel.Warning,
        "The key directory {Directory} could not be restricted to the service's user; see to its access rights")]
    public static partial void KeyDirectoryNotRestricted(this ILogger logger, string directory, Exception fault);
}
