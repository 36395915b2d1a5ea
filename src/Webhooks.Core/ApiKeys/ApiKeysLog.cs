using Microsoft.Extensions.Logging;

namespace Webhooks.Core.ApiKeys;

internal static partial class ApiKeysLog
{
    [LoggerMessage(1101, LogLevel.Information, "API key {KeyId} with scope {Scope} created")]
    public static partial void KeyCreated(this ILogger logger, ApiKeyId keyId, ApiKeyScope scope);

    [LoggerMessage(1102, LogLevel.Information, "API key {KeyId} revoked")]
    public static partial void KeyRevoked(this ILogger logger, ApiKeyId keyId);

    [LoggerMessage(1103, LogLevel.Warning, "When API keys were last used could not be written")]
    public static partial void LastUseNotWritten(this ILogger logger, Exception fault);
}
