using Microsoft.Extensions.Logging;

namespace Webhooks.Core.Http.Problems;

internal static partial class ProblemsLog
{
    // The route's name, not the URL: a query may hold what people search for.
    [LoggerMessage(1001, LogLevel.Error, "{Method} {Route} failed")]
    public static partial void RequestFailed(this ILogger logger, Exception fault, string method, string route);
}
