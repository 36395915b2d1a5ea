using System.Globalization;
using Webhooks.Core.Incidents;

namespace Webhooks.Core.Notifications.Texts;

/// <summary>How an incident and its numbers are put into words.</summary>
internal static class ToldWords
{
    private const int MaxName = 80;

    /// <summary>What is wrong, as the end of a title.</summary>
    public static string Of(IncidentKind kind) => kind switch
    {
        IncidentKind.Rejected => "the subscriber refuses deliveries",
        IncidentKind.NotSent => "the subscriber can't be reached",
        IncidentKind.Unknown => "deliveries whose outcome is unknown",
        IncidentKind.Ours => "deliveries failed by faults of this service",
        IncidentKind.PayloadGone => "payloads were gone before they could be delivered",
        IncidentKind.Held => "deliveries wait for a decision",
        IncidentKind.Failing => "nothing gets through",
        IncidentKind.Disabled => "the endpoint was disabled",
        IncidentKind.Backlog => "the service does not keep up",
        IncidentKind.Ledger => "the books don't balance",
        IncidentKind.Channel => "people can't be told over a channel",
        _ => "something is wrong",
    };

    /// <summary>The same as a word for programs.</summary>
    public static string WordOf(IncidentKind kind) => JsonName(kind.ToString());

    public static string WordOf(NotificationReason reason) => JsonName(reason.ToString());

    public static string WordOf(IncidentState state) => JsonName(state.ToString());

    /// <summary>Whom or what it is about, in a few words.</summary>
    public static string Subject(ToldIncident incident) => incident switch
    {
        { ChannelId: not null } => OneLine.Of(incident.ChannelName ?? $"{incident.ChannelId}", MaxName),
        { ApplicationId: not null } when Host(incident.EndpointUrl) is { } host =>
            $"{OneLine.Of(incident.ApplicationName ?? $"{incident.ApplicationId}", MaxName)} → {host}",
        { ApplicationId: not null } => OneLine.Of(incident.ApplicationName ?? $"{incident.ApplicationId}", MaxName),
        _ => "Webhooks",
    };

    /// <summary>A URL without what may be secret in it; null for none.</summary>
    public static string? Host(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? OneLine.Of(parsed.Authority, 253) : null;

    public static string Count(int counted) => counted >= ToldIncident.MaxCounted
        ? string.Create(CultureInfo.InvariantCulture, $"{ToldIncident.MaxCounted:N0} or more")
        : counted.ToString("N0", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A time and how long ago it is.</summary>
    public static string Since(DateTimeOffset time, DateTimeOffset now)
    {
        var span = now - time;
        var ago = span.TotalMinutes < 1 ? "just now"
            : span.TotalHours < 1 ? string.Create(CultureInfo.InvariantCulture, $"{span.Minutes} min ago")
            : span.TotalDays < 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes} min ago")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} d {span.Hours} h ago");
        return $"{Time(time)} ({ago})";
    }

    private static string JsonName(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
