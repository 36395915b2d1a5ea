namespace Webhooks.Core.Escalation;

/// <summary>Who is told when, until somebody acknowledges an incident.</summary>
internal sealed record EscalationPolicyOut
{
    /// <summary>Its id.</summary>
    public required EscalationPolicyId Id { get; init; }

    /// <summary>The application whose incidents it is for; null for the service itself and all that have no policy of their own.</summary>
    public required ApplicationId? ApplicationId { get; init; }

    /// <summary>What people call it.</summary>
    /// <example>On call</example>
    public required string Name { get; init; }

    /// <summary>Its steps, in their order.</summary>
    public required IReadOnlyList<EscalationStepOut> Steps { get; init; }

    /// <summary>How long after the last step it begins again; null for never.</summary>
    /// <example>60</example>
    public required int? RepeatEveryMinutes { get; init; }

    /// <summary>When it was created.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was changed last.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset UpdatedAt { get; init; }

    public static EscalationPolicyOut Of(EscalationPolicy policy) => new()
    {
        Id = policy.Id,
        ApplicationId = policy.ApplicationId,
        Name = policy.Name,
        Steps = policy.Steps.ConvertAll(step => new EscalationStepOut(step.AfterMinutes, step.Channels)),
        RepeatEveryMinutes = (int?)policy.RepeatEvery?.TotalMinutes,
        CreatedAt = policy.CreatedAt,
        UpdatedAt = policy.UpdatedAt,
    };
}

/// <summary>A step of an escalation policy.</summary>
/// <param name="AfterMinutes">How long after the incident was opened, if nobody has acknowledged it.</param>
/// <param name="Channels">The channels that are told then.</param>
internal sealed record EscalationStepOut(int AfterMinutes, IReadOnlyList<string> Channels);
