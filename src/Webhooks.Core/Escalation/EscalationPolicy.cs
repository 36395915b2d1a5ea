namespace Webhooks.Core.Escalation;

/// <summary>Who is told when, until somebody acknowledges: of one application, or of all that have none of their own.</summary>
internal sealed class EscalationPolicy
{
    public required EscalationPolicyId Id { get; init; }

    /// <summary>Whose incidents it is for; null for the default.</summary>
    public ApplicationId? ApplicationId { get; init; }

    public required string Name { get; set; }

    /// <summary>In the order of their times; one at least.</summary>
    public required List<EscalationStep> Steps { get; set; }

    /// <summary>After the last step, how long until it begins again with the first one; null for never.</summary>
    public TimeSpan? RepeatEvery { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
}
