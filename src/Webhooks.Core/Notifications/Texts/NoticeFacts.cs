using System.Globalization;
using Webhooks.Core.Incidents;

namespace Webhooks.Core.Notifications.Texts;

/// <summary>The facts of an incident under their headings; what is not known, or does not matter for its kind, is left out.</summary>
internal static class NoticeFacts
{
    private const int MaxName = 120;
    private const int MaxError = 300;

    public static IReadOnlyList<NoticeFact> Of(ToldIncident incident, DateTimeOffset now)
    {
        var facts = new List<NoticeFact>();
        Add(facts, "Application", Named(incident.ApplicationName, incident.ApplicationId?.ToString()));
        Add(facts, "Endpoint", Endpoint(incident));
        Add(facts, "Channel", Named(incident.ChannelName, incident.ChannelId?.ToString()));
        Add(facts, "Error", incident.ChannelError is { } error ? OneLine.Of(error, MaxError) : null);
        Add(facts, "Open since", ToldWords.Since(incident.OpenedAt, now));
        Add(facts, "Failing since", incident.FailingSince is { } since ? ToldWords.Since(since, now) : null);
        Add(facts, "Waiting", incident.EndpointId is null ? null : $"{ToldWords.Count(incident.Waiting)} deliveries");
        Add(facts, "Dead letters", incident.DeadLetters == 0 ? null : $"{ToldWords.Count(incident.DeadLetters)} not decided about");
        Add(facts, "Last answer", incident.LastAnswer is { } answer ? Answer(answer) : null);
        Add(facts, "Opened", incident.Openings > 1 ? string.Create(CultureInfo.InvariantCulture, $"{incident.Openings} times") : null);
        Add(facts, "Acknowledged by", incident.AcknowledgedBy is { } person ? OneLine.Of(person, MaxName) : null);
        Add(facts, "Resolved by", ResolvedBy(incident));
        Add(facts, "Incident", incident.Id.ToString());
        return facts;
    }

    /// <summary>Where many incidents share a message.</summary>
    public static IReadOnlyList<NoticeFact> Brief(ToldIncident incident)
    {
        var facts = new List<NoticeFact>();
        Add(facts, "Open since", ToldWords.Time(incident.OpenedAt));
        Add(facts, "Waiting", incident.EndpointId is null ? null : ToldWords.Count(incident.Waiting));
        Add(facts, "Dead letters", incident.DeadLetters == 0 ? null : ToldWords.Count(incident.DeadLetters));
        Add(facts, "Incident", incident.Id.ToString());
        return facts;
    }

    private static void Add(List<NoticeFact> facts, string name, string? value)
    {
        if (value is not null)
            facts.Add(new(name, value));
    }

    private static string? Named(string? name, string? id) =>
        id is null ? null : string.IsNullOrWhiteSpace(name) ? id : $"{OneLine.Of(name, MaxName)} ({id})";

    private static string? Endpoint(ToldIncident incident)
    {
        if (Named(ToldWords.Host(incident.EndpointUrl), incident.EndpointId?.ToString()) is not { } endpoint)
            return null;
        return string.IsNullOrWhiteSpace(incident.EndpointDescription)
            ? endpoint
            : $"{endpoint}: {OneLine.Of(incident.EndpointDescription, MaxName)}";
    }

    private static string Answer(LastAnswer answer)
    {
        var status = answer.Status is { } code ? string.Create(CultureInfo.InvariantCulture, $"{code}") : "none";
        var error = answer.Error is { } text ? $", {OneLine.Of(text, MaxError)}" : "";
        return $"{status}{error} ({ToldWords.Time(answer.At)})";
    }

    private static string? ResolvedBy(ToldIncident incident) =>
        incident.State == IncidentState.Resolved && incident.ResolvedBy is { } person ? OneLine.Of(person, MaxName) : null;
}
