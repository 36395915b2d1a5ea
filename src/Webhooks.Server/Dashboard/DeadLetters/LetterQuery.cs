using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Incidents;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.DeadLetters;

/// <summary>Which dead letters a page is about, in the words of its address.</summary>
/// <param name="App">An application's id or uid; null for all.</param>
/// <param name="Endpoint">An endpoint's id or uid; null for all.</param>
/// <param name="Type">An event type; null for all.</param>
/// <param name="Cause">Why they are here; null for all.</param>
/// <param name="State">What people did about them; null for those that are undecided.</param>
/// <param name="Incident">An incident's id; null for all.</param>
/// <param name="Since">How far back; null for as far as there are any.</param>
public sealed record LetterQuery(string? App, string? Endpoint, string? Type, string? Cause, string? State, string? Incident, string? Since)
{
    /// <summary>The state that the address need not say.</summary>
    public const string Undecided = "undecided";

    /// <summary>Whether it is about those that wait for a decision, and no other.</summary>
    public bool IsUndecided => State is null or Undecided;

    /// <summary>Whether it leaves out some of the undecided ones.</summary>
    public bool IsNarrowed => (App ?? Endpoint ?? Type ?? Cause ?? Incident ?? Since) is not null;

    /// <summary>Whether all its words mean something. One that was mistyped must not come to mean all letters.</summary>
    public bool IsUnderstood =>
        (State is null || LetterTexts.States.Any(state => state.Word == State))
        && (Cause is null || LetterTexts.Causes.Any(cause => cause.Word == Cause))
        && (Since is null || Periods.Text(Since) is not null);

    /// <summary>What is meant, in words.</summary>
    public string Text => string.Join(
        ", ",
        new[]
        {
            App is null ? "all applications" : $"application {App}", Endpoint is null ? null : $"endpoint {Endpoint}",
            Type is null ? null : $"event type {Type}",
            LetterTexts.Causes.FirstOrDefault(cause => cause.Word == Cause).Text?.ToLowerInvariant(),
            Incident is null ? null : $"incident {Incident}", Periods.Text(Since)?.ToLowerInvariant(),
        }.OfType<string>());

    /// <returns>Null where it names something that there is not, or says what is not understood: nothing fits.</returns>
    internal async Task<DeadLetterFilter?> ToFilterAsync(WebhooksDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!IsUnderstood)
            return null;

        var filter = new DeadLetterFilter
        {
            EventTypes = Type is null ? null : [Type],
            Causes = Cause is null ? null : [.. DeadLetterWords.Causes.Where(cause => cause.Word == Cause).Select(cause => cause.Value)],
            Status = DeadLetterWords.Statuses.Where(status => status.Word == (State ?? Undecided))
                .Select(status => (DeadLetterStatus?)status.Value).FirstOrDefault(),
            After = Periods.Start(Since, now),
        };
        if (Incident is not null && !IdText.TryParse<IncidentId>(Incident, out _))
            return null;
        if (IdText.TryParse<IncidentId>(Incident, out var incident))
            filter = filter with { IncidentId = incident };
        if (App is not null)
            filter = filter with { ApplicationId = await db.FindApplicationOfLettersAsync(App, cancellationToken) };
        if (App is not null && filter.ApplicationId is null)
            return null;
        if (Endpoint is null)
            return filter;

        return await db.FindEndpointsOfLettersAsync(filter.ApplicationId, Endpoint, cancellationToken) is [var only]
            ? filter with { EndpointId = only }
            : null;
    }

    /// <summary>The body that asks for a decision about all undecided ones that fit, and came until then.</summary>
    internal Dictionary<string, object?> ToBody(DateTimeOffset until, bool isDryRun) => new()
    {
        ["appId"] = App,
        ["endpointId"] = Endpoint,
        ["eventTypes"] = Type is null ? null : new[] { Type },
        ["reasons"] = Cause is null ? null : new[] { Cause },
        ["incidentId"] = Incident,
        ["after"] = Periods.Start(Since, until),
        ["before"] = until,
        ["dryRun"] = isDryRun,
    };
}
