using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.AuditLog;

/// <summary>What an operation was done to, from its path, as people call it. Pure.</summary>
internal static class AuditTarget
{
    private static readonly (string Prefix, string Noun)[] ByPrefix =
    [
        ("msg_", "message"), ("atmpt_", "attempt"), ("dlv_", "dead letter"), ("inc_", "incident"), ("qtask_", "task"),
    ];

    private static readonly (string Resource, string Noun)[] ByResource =
    [
        ("event-type", "event type"), ("api-key", "API key"), ("channel", "channel"), ("escalation-policy", "escalation policy"),
    ];

    // Operations on many at once.
    private static readonly (string Resource, string Text)[] Many = [("dead-letter", "dead letters"), ("stats", "usage of applications")];

    /// <summary>The endpoint that the path is about; null for none.</summary>
    public static EndpointId? EndpointOf(string target) => IdText.TryParse<EndpointId>(Last(target, "ep_"), out var id) ? id : null;

    /// <returns>Null for a path that says it best itself.</returns>
    public static string? Text(string target, Names names)
    {
        if (!target.StartsWith('/'))
            return null;

        var known = ByPrefix.Select(kind => Last(target, kind.Prefix) is { } id ? $"{kind.Noun} {id}" : null)
            .FirstOrDefault(text => text is not null);
        if (EndpointOf(target) is { } endpoint)
            return known is null ? $"endpoint {names.Of(endpoint)}" : $"{known}, endpoint {names.Of(endpoint)}";
        if (known is not null)
            return known;

        var parts = Parts(target);
        if (Many.FirstOrDefault(kind => kind.Resource == parts.ElementAtOrDefault(2)).Text is { } many)
            return many;

        var noun = ByResource.FirstOrDefault(kind => kind.Resource == parts.ElementAtOrDefault(2)).Noun;
        if (noun is not null)
            return parts.ElementAtOrDefault(3) is { } name ? $"{noun} {name}" : noun;

        return IdText.TryParse<ApplicationId>(Last(target, "app_"), out var application) ? $"application {names.Of(application)}" : null;
    }

    private static string? Last(string target, string prefix) =>
        Parts(target).LastOrDefault(part => part.StartsWith(prefix, StringComparison.Ordinal));

    private static string[] Parts(string target) => target.Split('/', StringSplitOptions.RemoveEmptyEntries);
}
