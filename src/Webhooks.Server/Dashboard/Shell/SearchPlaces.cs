namespace Webhooks.Server.Dashboard.Shell;

/// <summary>Where a text from the search field leads.</summary>
internal static class SearchPlaces
{
    private const string SearchPage = "/search";

    private static readonly (string Prefix, string Place)[] Ids =
    [
        ("msg_", "/messages/"), ("ep_", "/endpoints/"), ("app_", "/applications/"), ("inc_", "/incidents/"), ("dlv_", "/dead-letters/"),
        ("qtask_", "/tasks/"),
    ];

    /// <summary>The page of what has this id; of any other text, the page of what has it in its name.</summary>
    public static string Of(string text)
    {
        var place = Ids.FirstOrDefault(id => text.StartsWith(id.Prefix, StringComparison.Ordinal)).Place;
        return place is null ? $"{SearchPage}?q={Uri.EscapeDataString(text)}" : place + Uri.EscapeDataString(text);
    }

    /// <summary>Where messages are searched by their publisher's ids, and by text in their payloads.</summary>
    public static string Messages(string text) => $"/messages?q={Uri.EscapeDataString(text)}";
}
