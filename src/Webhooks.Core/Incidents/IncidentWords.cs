using System.Text.Json;

namespace Webhooks.Core.Incidents;

/// <summary>The API's words for what lists of incidents are filtered by.</summary>
internal static class IncidentWords
{
    public static readonly (string Word, IncidentKind Kind)[] Kinds =
        [.. Enum.GetValues<IncidentKind>().Select(kind => (JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()), kind))];

    /// <summary>Each word as the states that it stands for.</summary>
    public static readonly (string Word, IncidentStates States)[] States =
    [
        ("open", IncidentStates.Open), ("acknowledged", IncidentStates.Acknowledged), ("resolved", IncidentStates.Resolved),
        ("unresolved", IncidentStates.Unresolved),
    ];
}

/// <summary>States that a list shows.</summary>
internal enum IncidentStates
{
    Open,
    Acknowledged,
    Resolved,

    /// <summary>Open and acknowledged ones.</summary>
    Unresolved,
}
