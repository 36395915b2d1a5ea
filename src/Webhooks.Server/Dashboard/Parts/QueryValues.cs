using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Webhooks.Server.Dashboard.Parts;

/// <summary>
/// What the page's address says, for components that may come and go with it. A parameter that is supplied from the query would not do for
/// those: Blazor fails on one that appears while it tells the others of a new address.
/// </summary>
internal static class QueryValues
{
    /// <returns>Null when the address does not say.</returns>
    public static string? Query(this NavigationManager navigation, string name) =>
        QueryHelpers.ParseQuery(new Uri(navigation.Uri).Query).TryGetValue(name, out var value) ? value.ToString() : null;
}
