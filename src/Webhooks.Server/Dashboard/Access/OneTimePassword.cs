using System.Security.Claims;
using System.Security.Cryptography;

namespace Webhooks.Server.Dashboard.Access;

/// <summary>A password that somebody else has seen. Who signs in with it must choose another one before anything else.</summary>
internal static class OneTimePassword
{
    private const string ClaimType = "webhooks:one-time-password";
    private const int Bytes = 15; // 20 characters of base64

    /// <summary>What a person has, and every session of theirs, as long as the password is not their own.</summary>
    public static Claim Claim { get; } = new(ClaimType, "true");

    public static bool IsOf(ClaimsPrincipal session) => session.HasClaim(claim => claim.Type == ClaimType);

    public static string Make() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));
}
