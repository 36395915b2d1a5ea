namespace Webhooks.Server.Dashboard.Shell;

/// <summary>Where a text from the search field leads.</summary>
internal static class SearchPlaces
{
    private static readonly (string Prefix, string Place)[] Ids =
    [
        ("msg_", "/messages/"), ("ep_", "/endpoints/"), ("app_", "/applications/"), ("inc_", "/incidents/"), ("dlv_", "/dead-letters/"),
        ("qtask_", "/tasks/"),
    ];

    public static string Of(string text)
    {
        var place = Ids.FirstOrDefault(id => text.StartsWith(id.Prefix, StringComparison.Ordinal)).Place;
        return place is null ? $"/messages?q={Uri.EscapeDataString(text)}" : place + Uri.EscapeDataString(text);
    }
}
