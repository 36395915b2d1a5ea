using System.ComponentModel.DataAnnotations;

namespace Webhooks.Core.Incidents;

/// <summary>When trouble is put in front of people. Configuration section <c>Webhooks:Incidents</c>.</summary>
public sealed class IncidentOptions
{
    /// <summary>The configuration section these options are read from.</summary>
    public const string Section = "Webhooks:Incidents";

    /// <summary>How long nothing has got through to an endpoint before people are told, while its deliveries are still retried.</summary>
    /// <value>1 minute to 7 days; default 15 minutes.</value>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan FailingAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How long nothing has got through to an endpoint before the service disables it. What waits is held, never dropped; people are
    /// warned at 50, 75 and 90 % of it.
    /// </summary>
    /// <value>0 for never, or up to 365 days and longer than <see cref="FailingAfter"/>; default 5 days.</value>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan DisableAfter { get; init; } = TimeSpan.FromDays(5);

    /// <summary>How long the oldest due delivery may wait before people are told that the service does not keep up.</summary>
    /// <value>10 seconds to 1 day; default 5 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan BacklogAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long after its end an incident is opened again, with its history, when the trouble comes back; later it is a new one.
    /// </summary>
    /// <value>0 (never) to 30 days; default 1 day.</value>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan ReopenWithin { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How often at most the timeline says that an incident goes on.</summary>
    /// <value>1 minute to 1 day; default 15 minutes.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan UpdateEvery { get; init; } = TimeSpan.FromMinutes(15);
}
