using Webhooks.Core.Incidents;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.Incidents;

/// <summary>What the address of the incidents says, as the API's list is asked.</summary>
internal static class IncidentFilters
{
    /// <summary>The state that the list's address need not say.</summary>
    public const string Unresolved = "unresolved";

    public static readonly IReadOnlyList<(string Word, string Text)> States =
        [(Unresolved, "Unresolved"), ("open", "Open"), ("acknowledged", "Acknowledged"), ("resolved", "Resolved"), ("all", "All")];

    public static readonly IReadOnlyList<(string Word, string Text)> Kinds = [.. IncidentWords.Kinds.Select(kind => (kind.Word, kind.Kind.Text()))];

    /// <param name="at">Where the page begins; null for the first.</param>
    public static IncidentListQuery Of(string? state, string? kind, string? assignee, string? at) => new()
    {
        Page = ListPages.Request<IncidentId>(at),
        State = IncidentWords.States.Where(s => s.Word == (state ?? Unresolved)).Select(s => (IncidentStates?)s.States).FirstOrDefault(),
        Kind = IncidentWords.Kinds.Where(k => k.Word == kind).Select(k => (IncidentKind?)k.Kind).FirstOrDefault(),
        Assignee = assignee,
        AppId = null,
        EndpointId = null,
        Range = new() { Before = null, After = null },
    };
}
