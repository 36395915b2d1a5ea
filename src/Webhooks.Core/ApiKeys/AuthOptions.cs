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

    /// <summary>How long a node may go on accepting a key that another node revoked. On the node that revokes, it ends at once.</summary>
    /// <value>0 to 1 minute; default 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan CacheFor { get; init; } = TimeSpan.FromSeconds(5);
}
