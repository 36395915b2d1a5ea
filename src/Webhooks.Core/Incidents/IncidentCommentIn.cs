using System.Diagnostics.CodeAnalysis;
using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Incidents;

/// <summary>What a person has to say about an incident.</summary>
internal sealed record IncidentCommentIn : IncidentActionIn, IBody<IncidentCommentIn>
{
    [SetsRequiredMembers]
    private IncidentCommentIn(IncidentActionIn action, string text) : base(action) => Text = text;

    /// <summary>The comment: 1 to 4,096 characters.</summary>
    /// <example>Their new firewall blocks us; they open it this afternoon.</example>
    public required string Text { get; init; }

    public static new IncidentCommentIn Read(ObjectReader body) =>
        new(IncidentActionIn.Read(body), body.Text("text", IncidentRules.Words));
}
