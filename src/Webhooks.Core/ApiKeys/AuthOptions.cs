using System.ComponentModel.DataAnnotations;

namespace Webhooks.Core.ApiKeys;

/// <summary>Who may call the API. Configuration section <c>Webhooks:Auth</c>.</summary>
public sealed class AuthOptions
{
    /// <summary>The configuration section these options are read from.</summary>
    public const string Section = "Webhooks:Auth";

    /// <summary>
    /// A key with full access that needs no row in the database: for the first call to a new service, and for machines that are
    /// set up from configuration. Remove it to revoke it.
    /// </summary>
    /// <value>32 to 256 characters; default none.</value>
    [StringLength(256, MinimumLength = 32, ErrorMessage =
        "Webhooks:Auth:BootstrapKey must have 32 to 256 characters. Make one with: openssl rand -base64 32")]
    public string? BootstrapKey { get; init; }

    /// <summary>
    /// Where the portal is that <c>app-portal-access</c> leads to, without a fragment: the token is put there.
    /// </summary>
    /// <value>An http or https address; default <c>/portal</c> of the address that the request came to.</value>
    [RegularExpression("https?://[^#]+", ErrorMessage =
        "Webhooks:Auth:PortalAddress must be an http or https address without a fragment, such as https://webhooks.example.com/portal.")]
    public string? PortalAddress { get; init; }

    /// <summary>How long a token of the portal works, where the request for it does not say.</summary>
    /// <value>1 minute to 90 days; default 7 days.</value>
    [Range(typeof(TimeSpan), "00:01:00", "90.00:00:00")]
    public TimeSpan PortalTokenLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a node may go on accepting a key that another node revoked. On the node that revokes, it ends at once.</summary>
    /// <value>0 to 1 minute; default 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan CacheFor { get; init; } = TimeSpan.FromSeconds(5);
}
