using System.Diagnostics.CodeAnalysis;
using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Escalation;

/// <summary>An escalation policy to create.</summary>
internal sealed record EscalationPolicyIn : EscalationPolicyUpdate, IBody<EscalationPolicyIn>
{
    [SetsRequiredMembers]
    private EscalationPolicyIn(EscalationPolicyUpdate settings) : base(settings)
    {
    }

    /// <summary>The id or uid of the application whose incidents it is for; null for all that have none of their own.</summary>
    /// <example>null</example>
    public string? ApplicationId { get; init; }

    public static new EscalationPolicyIn Read(ObjectReader body) =>
        new(EscalationPolicyUpdate.Read(body)) { ApplicationId = body.OptionalText("applicationId", TextRule.EventType) };
}
