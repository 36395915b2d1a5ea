using System.ComponentModel.DataAnnotations;

namespace Webhooks.Server.Dashboard;

/// <summary>The pages that people see. Configuration section <c>Webhooks:Dashboard</c>.</summary>
public sealed class DashboardOptions
{
    /// <summary>The configuration section these options are read from.</summary>
    public const string Section = "Webhooks:Dashboard";

    /// <summary>The name that the first administrator signs in with. Looked at only while there is no operator.</summary>
    /// <value>1 to 256 characters; default <c>admin</c>.</value>
    [StringLength(256, MinimumLength = 1)]
    public string AdministratorName { get; init; } = "admin";

    /// <summary>The first administrator's password. Looked at only while there is no operator.</summary>
    /// <value>12 to 256 characters; default none: one is made and printed once, at the first start.</value>
    [StringLength(256, MinimumLength = 12)]
    public string? AdministratorPassword { get; init; }

    /// <summary>How long a person stays signed in without doing anything.</summary>
    /// <value>5 minutes to 30 days; default 12 hours.</value>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00")]
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>
    /// Whether people may sign in with a name and a password kept here. Switched off, only the identity provider of
    /// <c>Webhooks:Dashboard:OpenIdConnect</c> lets people in, and no first administrator is made.
    /// </summary>
    /// <value><c>true</c> or <c>false</c>; default <c>true</c>.</value>
    public bool AllowPasswords { get; init; } = true;
}
