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
        "v1.event-type.delete", "v1.authentication.expire-all",
    }.ToFrozenSet();

    private static readonly string[] AdministeredResources =
        ["v1.api-key.", "v1.channel.", "v1.escalation-policy.", "v1.operational-webhook."];

    private static readonly FrozenSet<string> Reads = new[] { "get", "list", "stats", "timeline", "count" }.ToFrozenSet();

    public static OperatorRole Of(string operation)
    {
        if (Administration.Contains(operation))
            return OperatorRole.Administrator;

        var isRead = Reads.Contains(operation[(operation.LastIndexOf('.') + 1)..]);
        if (isRead)
            return OperatorRole.Viewer;

        return AdministeredResources.Any(prefix => operation.StartsWith(prefix, StringComparison.Ordinal))
            ? OperatorRole.Administrator
            : OperatorRole.Operator;
    }
}
