using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Incidents;

/// <summary>Who is to see to an incident.</summary>
internal sealed record IncidentAssignIn : IncidentActionIn, IBody<IncidentAssignIn>
{
    private IncidentAssignIn(IncidentActionIn action) : base(action)
    {
    }

    /// <summary>Who sees to it from now on: 1 to 256 characters; null for nobody.</summary>
    /// <example>Grace</example>
    public string? Assignee { get; init; }

    public static new IncidentAssignIn Read(ObjectReader body) =>
        new(IncidentActionIn.Read(body)) { Assignee = body.OptionalText("assignee", IncidentRules.Person) };
}
