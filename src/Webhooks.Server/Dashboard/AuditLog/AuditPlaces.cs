namespace Webhooks.Server.Dashboard.AuditLog;

/// <summary>Which page shows what an operation was done to.</summary>
internal static class AuditPlaces
{
    // By the prefix of the id: a path may name a thing by its uid, too, which no page is found by.
    private static readonly (string Prefix, string Page)[] ById =
    [
        ("app_", "/applications/"), ("ep_", "/endpoints/"), ("msg_", "/messages/"), ("dlv_", "/dead-letters/"), ("inc_", "/incidents/"),
        ("qtask_", "/tasks/"),
    ];

    private static readonly (string Resource, string Page)[] ByResource =
    [
        ("api-key", "/settings/api-keys"), ("channel", "/settings/channels"), ("escalation-policy", "/settings/escalation"),
    ];

    /// <param name="target">The operation's path.</param>
    /// <returns>Null where no page shows it.</returns>
    public static string? Of(string target)
    {
        var parts = target.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var resource = parts.ElementAtOrDefault(2);
        if (ByResource.FirstOrDefault(place => place.Resource == resource).Page is { } settings)
            return settings;
        if (resource == "event-type" && parts.ElementAtOrDefault(3) is { } type)
            return $"/event-types/{type}";

        // The innermost of the things that the path names.
        return parts.Reverse().Select(PageOf).FirstOrDefault(page => page is not null);
    }

    private static string? PageOf(string part) =>
        ById.FirstOrDefault(place => part.StartsWith(place.Prefix, StringComparison.Ordinal)).Page is { } page ? page + part : null;
}
