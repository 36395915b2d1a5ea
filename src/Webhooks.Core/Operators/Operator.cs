using Microsoft.AspNetCore.Identity;

namespace Webhooks.Core.Operators;

/// <summary>A person who signs in to the dashboard, with what ASP.NET Core Identity keeps about one.</summary>
internal sealed class Operator : IdentityUser<OperatorId>
{
    public required OperatorRole Role { get; set; }

    /// <summary>What others see beside what this person did: 1 to 256 characters.</summary>
    public required string DisplayName { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When this person last signed in; null for never.</summary>
    public DateTimeOffset? SignedInAt { get; set; }

    /// <summary>When an administrator took away the access; null while it works.</summary>
    public DateTimeOffset? DisabledAt { get; set; }
}
