using System.Security.Claims;

namespace Webhooks.Server.Dashboard.Access;

internal static class OperatorClaims
{
    /// <summary>What people call whoever is signed in, and what the service writes down for what that person does.</summary>
    public static string NameOf(this ClaimsPrincipal person) => person.FindFirstValue(ClaimTypes.GivenName) ?? person.Identity?.Name ?? "";
}
