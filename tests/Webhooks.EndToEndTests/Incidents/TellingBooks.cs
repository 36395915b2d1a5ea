using System.Text.Json;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.Incidents;

/// <summary>
/// What the API says of dead letters, incidents and notifications, held against what the channels took. Each check returns its faults as
/// sentences, so that a failed test shows them all.
/// </summary>
internal sealed class TellingBooks
{
    private readonly DateTimeOffset _readAt = TimeProvider.System.GetUtcNow();

    private TellingBooks(
        IReadOnlyList<JsonElement> letters, IReadOnlyList<ToldIncident> incidents, IReadOnlyList<Notice> notices, IReadOnlyList<string> received)
    {
        (Letters, Incidents, Notices) = (letters, incidents, notices);
        Received = received.CountBy(id => id).ToDictionary();
    }

    public IReadOnlyList<JsonElement> Letters { get; }

    public IReadOnlyList<ToldIncident> Incidents { get; }

    public IReadOnlyList<Notice> Notices { get; }

    /// <summary>Messages that the channels took, by id, with how often each came.</summary>
    public IReadOnlyDictionary<string, int> Received { get; }

    /// <summary>Messages that came again.</summary>
    public int Repeats => Received.Values.Sum(times => times - 1);

    /// <summary>What a kill caught on its way to a channel, as the records name it.</summary>
    public int Interrupted => Notices.Sum(notice => Math.Max(0, notice.Attempts - 1));

    public bool IsStillTelling => Notices.Any(notice => notice.State == "waiting");

    /// <param name="received">The ids of all messages that the channels took so far.</param>
    public static async Task<TellingBooks> ReadAsync(Api api, Func<IReadOnlyList<string>> received, CancellationToken cancellationToken)
    {
        var incidents = new List<ToldIncident>();
        foreach (var incident in await api.ListAsync("/incident", cancellationToken))
        {
            var id = incident.GetProperty("id").GetString()!;
            incidents.Add(new(id, incident, await api.ListAsync($"/incident/{id}/timeline", cancellationToken)));
        }

        var notices = (await api.ListAsync("/notification", cancellationToken)).ConvertAll(Notice.Of);
        return new(await api.ListAsync("/dead-letter", cancellationToken), incidents, notices, received());
    }

    public IEnumerable<string> Faults() => [.. LetterFaults(), .. Incidents.SelectMany(IncidentFaults), .. Notices.SelectMany(NoticeFaults), .. StrangerFaults()];

    private IEnumerable<string> LetterFaults()
    {
        var kinds = Incidents.ToDictionary(incident => incident.Id, incident => (incident.Text("kind"), incident.Text("endpointId")));
        foreach (var letter in Letters)
        {
            var (id, reason, incident) = (letter.GetProperty("id"), letter.GetProperty("reason").GetString(), letter.GetProperty("incidentId").GetString());
            if (incident is null || !kinds.TryGetValue(incident, out var about))
                yield return $"Dead letter {id} belongs to no incident.";
            else if (about != (reason, letter.GetProperty("endpointId").GetString()))
                yield return $"Dead letter {id} ({reason}) is in an incident that is about {about}.";
        }
    }

    private IEnumerable<string> IncidentFaults(ToldIncident incident)
    {
        var steps = incident.Timeline.Count(type => type == "escalated");
        var told = Notices.Count(notice => notice.IncidentId == incident.Id && notice.Reason == "escalated");
        if (told != steps)
            yield return $"{incident.Id} took {steps} steps with one channel each, and {told} notifications are there.";

        // Every opening is told at its first step, unless a person was faster.
        for (var i = 0; i < incident.Timeline.Count; i++)
        {
            var then = incident.Timeline.Skip(i + 1).TakeWhile(type => type is not ("opened" or "reopened")).ToList();
            if (incident.Timeline[i] is "opened" or "reopened" && !then.Exists(type => type is "escalated" or "acknowledged" or "resolved"))
                yield return $"{incident.Id} was opened, and nothing followed.";
        }

        if (incident.Text("state") == "open" && !(incident.Time("escalatesAt") > _readAt))
            yield return $"{incident.Id} is open, and its next step is due or forgotten: {incident.Text("escalatesAt")}.";
    }

    private IEnumerable<string> NoticeFaults(Notice notice)
    {
        if (notice.State == "sent" ? !Received.ContainsKey(MessageOf(notice)) : notice.State != "dropped")
            yield return $"{notice.Id} is {notice.State} after {notice.Attempts} attempts, and its channel has not been told.";
        if (notice.State == "dropped" && notice.Reason == "escalated"
            && !Incidents.Single(incident => incident.Id == notice.IncidentId).Timeline.Any(type => type is "acknowledged" or "resolved"))
            yield return $"{notice.Id} was dropped, and nobody had seen to its incident.";
        if (Received.GetValueOrDefault(notice.Id) is var times && times > notice.Attempts)
            yield return $"{notice.Id} came {times} times, and {notice.Attempts} attempts are on record.";
    }

    private IEnumerable<string> StrangerFaults() =>
        from id in Received.Keys.Except(Notices.Select(notice => notice.Id))
        select $"A channel was told {id}, which is not on record.";

    // What is due at once of one incident goes into one message, which bears the oldest one's id; all of it is recorded together.
    private string MessageOf(Notice notice) => Notices
        .Where(other => (other.IncidentId, other.ChannelId, other.FinishedAt) == (notice.IncidentId, notice.ChannelId, notice.FinishedAt))
        .Select(other => other.Id).Min(StringComparer.Ordinal)!;

    internal sealed record ToldIncident(string Id, JsonElement Json, List<JsonElement> Events)
    {
        /// <summary>What happened, oldest first.</summary>
        public IReadOnlyList<string> Timeline { get; } = Events.ConvertAll(entry => entry.GetProperty("type").GetString()!);

        public string? Text(string name) => Json.GetProperty(name).GetString();

        public DateTimeOffset? Time(string name) =>
            Json.GetProperty(name) is { ValueKind: JsonValueKind.String } time ? time.GetDateTimeOffset() : null;
    }

    internal sealed record Notice(
        string Id, string IncidentId, string ChannelId, string Reason, string State, int Attempts, string? FinishedAt)
    {
        public static Notice Of(JsonElement json) => new(
            json.GetProperty("id").GetString()!, json.GetProperty("incidentId").GetString()!, json.GetProperty("channelId").GetString()!,
            json.GetProperty("reason").GetString()!, json.GetProperty("state").GetString()!, json.GetProperty("attempts").GetInt32(),
            json.GetProperty("finishedAt").GetString());
    }
}
