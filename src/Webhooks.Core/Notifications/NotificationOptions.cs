using System.ComponentModel.DataAnnotations;

namespace Webhooks.Core.Notifications;

/// <summary>How people are told of incidents. Configuration section <c>Webhooks:Notifications</c>.</summary>
public sealed class NotificationOptions
{
    /// <summary>The configuration section these options are read from.</summary>
    public const string Section = "Webhooks:Notifications";

    /// <summary>
    /// Where people reach this service: what links in notifications begin with. Without it notifications have no links, and say so.
    /// </summary>
    /// <value>An http or https address without query and fragment; default none.</value>
    [RegularExpression("https?://[^?#]+", ErrorMessage =
        "Webhooks:Notifications:PublicUrl must be an http or https address without query and fragment, such as "
        + "https://webhooks.example.com.")]
    public string? PublicUrl { get; init; }

    /// <summary>How long the link to acknowledge an incident works.</summary>
    /// <value>5 minutes to 30 days; default 3 days.</value>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00")]
    public TimeSpan AcknowledgeLinkLifetime { get; init; } = TimeSpan.FromDays(3);

    /// <summary>
    /// How long a channel that can't be reached is tried, five times in all, before its message is given up and the channel has an
    /// incident. The next step of the policy does not wait for that. What a channel refuses for good is given up at once.
    /// </summary>
    /// <value>15 seconds to 1 hour; default 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:15", "01:00:00")]
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How many messages a channel gets in a minute. The last of them tells of all that is left: several incidents in one message.
    /// </summary>
    /// <value>1 to 1,000; default 10.</value>
    [Range(1, 1_000)]
    public int MessagesPerMinute { get; init; } = 10;

    /// <summary>How long a channel may go unused before it is checked.</summary>
    /// <value>1 minute to 30 days; default 1 day.</value>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan HeartbeatEvery { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Whether channels that can only be checked by a message to people (Slack and Teams) get one. Without it they are not checked while
    /// nothing is told over them. The others are checked in any case: that disturbs nobody.
    /// </summary>
    /// <value>Default false.</value>
    public bool HeartbeatSends { get; init; }

    /// <summary>Whether channels may use http instead of https, and mail servers without TLS.</summary>
    /// <value>Default false.</value>
    public bool AllowPlaintext { get; init; }

    /// <summary>
    /// Special-purpose networks that the addresses of channels may lie in, such as that of an own chat server. Deliveries have a list of
    /// their own. Mail servers may be anywhere.
    /// </summary>
    /// <value>Networks in CIDR form, such as <c>10.1.2.0/24</c>; default none, in Development also this machine itself.</value>
    public IReadOnlyList<string> AllowedNetworks { get; init; } = [];

    /// <summary>
    /// Authorities that are trusted beside the system's when a channel shows its certificate: for servers with certificates of a company's
    /// own.
    /// </summary>
    /// <value>The path of a PEM file with their certificates; default none.</value>
    public string? TrustedAuthorities { get; init; }
}
