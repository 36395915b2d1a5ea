using System.Collections.Frozen;
using Webhooks.Core.Operators;

namespace Webhooks.Server.Dashboard.Acting;

/// <summary>Which role an operation of the API takes in the dashboard: who may look may read, and to act takes more.</summary>
internal static class NeededRole
{
    // Who has access, who is told, and what can't be undone.
    private static readonly FrozenSet<string> Administration = new[]
    {
        "v1.application.create", "v1.application.update", "v1.application.patch", "v1.application.delete",
        "v1.event-type.delete", "v1.authentication.expire-all", "v1.authentication.logout",
    }.ToFrozenSet();

    private static readonly string[] AdministeredResources =
        ["v1.api-key.", "v1.channel.", "v1.escalation-policy.", "v1.operational-webhook."];

    // They bring a body, and change nothing.
    private static readonly FrozenSet<string> Questions =
        new[] { "v1.endpoint.test-filter", "v1.message.precheck", "v1.statistics.aggregate-app-stats" }.ToFrozenSet();

    public static OperatorRole Of(string operation)
    {
        if (Administration.Contains(operation))
            return OperatorRole.Administrator;
        if (Questions.Contains(operation) || IsRead(operation[(operation.LastIndexOf('.') + 1)..]))
            return OperatorRole.Viewer;

        // Secrets take the role of those who may change what they are of; so does whatever is new and not named here.
        return AdministeredResources.Any(prefix => operation.StartsWith(prefix, StringComparison.Ordinal))
            ? OperatorRole.Administrator
            : OperatorRole.Operator;
    }

    private static bool IsRead(string verb) =>
        verb is "get" or "count" or "ping" or "total" or "timeline"
        || verb.StartsWith("list", StringComparison.Ordinal)
        || (verb.StartsWith("get-", StringComparison.Ordinal) && verb != "get-secret");
}
