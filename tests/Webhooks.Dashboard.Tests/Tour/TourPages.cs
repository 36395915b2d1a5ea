namespace Webhooks.Dashboard.Tests.Tour;

/// <summary>Every page, by the name of its picture. What stands in braces is an id of the demonstration's week.</summary>
internal static class TourPages
{
    /// <summary>Those that people look at on a phone.</summary>
    public static readonly IReadOnlySet<string> OnPhones = new HashSet<string>
    {
        "overview", "messages", "message", "endpoint", "dead-letters-list", "incidents", "incident", "ledger", "portal", "portal-message",
    };

    /// <summary>Those whose stops of the Tab key are looked at: with all the parts that others are made of.</summary>
    public static readonly IReadOnlySet<string> Tabbed = new HashSet<string> { "incidents", "dead-letters-list", "settings-escalation-policy" };

    public static readonly IReadOnlyList<(string Name, string Path)> All =
    [
        ("overview", "/"),
        ("messages", "/messages"),
        ("message", "/messages/{message}"),
        ("endpoints", "/endpoints"),
        ("endpoint", "/endpoints/{endpoint}"),
        ("endpoint-attempts", "/endpoints/{endpoint}?show=attempts"),
        ("endpoint-settings", "/endpoints/{endpoint}?tab=settings"),
        ("endpoint-secret", "/endpoints/{endpoint}?tab=secret"),
        ("endpoint-recovery", "/endpoints/{endpoint}?tab=recovery"),
        ("dead-letters", "/dead-letters"),
        ("dead-letters-list", "/dead-letters?view=list"),
        ("dead-letter", "/dead-letters/{letter}"),
        ("incidents", "/incidents"),
        ("incidents-list", "/incidents?state=all"),
        ("incident", "/incidents/{incident}"),
        ("applications", "/applications"),
        ("application", "/applications/{application}"),
        ("application-settings", "/applications/{application}?tab=settings"),
        ("application-portal", "/applications/{application}?tab=portal"),
        ("application-new", "/applications/new"),
        ("endpoint-new", "/applications/{application}/endpoints/new"),
        ("event-types", "/event-types"),
        ("event-type", "/event-types/{type}"),
        ("event-type-new", "/new-event-type"),
        ("tasks", "/tasks"),
        ("task", "/tasks/{task}"),
        ("ledger", "/ledger"),
        ("ledger-hours", "/ledger?by=hour"),
        ("ledger-seals", "/ledger?by=seals"),
        ("audit-log", "/audit-log"),
        ("search", "/search?q=tannenhof"),
        ("settings-escalation", "/settings/escalation"),
        ("settings-escalation-policy", "/settings/escalation/{policy}"),
        ("settings-escalation-new", "/settings/escalation/new"),
        ("settings-channels", "/settings/channels"),
        ("settings-channel", "/settings/channels/{channel}"),
        ("settings-channel-new", "/settings/channels/new"),
        ("settings-api-keys", "/settings/api-keys"),
        ("settings-api-key-new", "/settings/api-keys/new"),
        ("settings-operators", "/settings/operators"),
        ("settings-operator-new", "/settings/operators/new"),
        ("settings-nodes", "/settings/nodes"),
        ("account", "/account"),
        ("account-password", "/account/password"),
        ("account-two-factor", "/account/two-factor"),
    ];

    /// <summary>The customer's pages, and the one on which operators sign in: nobody is signed in there.</summary>
    public static readonly IReadOnlyList<(string Name, string Path)> Outside =
    [
        ("portal", "/portal"),
        ("portal-endpoint", "/portal/endpoints/{endpoint}"),
        ("portal-messages", "/portal/messages"),
        ("portal-message", "/portal/messages/{message}"),
        ("portal-event-types", "/portal/event-types"),
        ("sign-in", "/sign-in"),
    ];

    /// <summary>Their paths with the ids put in.</summary>
    public static IReadOnlyList<(string Name, string Path)> With(
        this IReadOnlyList<(string Name, string Path)> pages, IReadOnlyDictionary<string, string> ids) =>
        [.. pages.Select(page => (page.Name, Put(ids, page.Path)))];

    private static string Put(IReadOnlyDictionary<string, string> ids, string path) =>
        ids.Aggregate(path, (text, id) => text.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));
}
