using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Escalation;

/// <summary>An escalation policy's settings, all of them.</summary>
internal record EscalationPolicyUpdate : IBody<EscalationPolicyUpdate>
{
    /// <summary>The longest wait that a policy may have: a week.</summary>
    public const int MaxMinutes = 10_080;

    private const int MinRepeat = 5;
    private const int MaxSteps = 10;

    /// <summary>What people call it: 1 to 256 characters.</summary>
    /// <example>On call</example>
    public required string Name { get; init; }

    /// <summary>1 to 10 steps, each later than the one before.</summary>
    /// <example>[{"afterMinutes": 0, "channels": ["chan_00000000000000000000000007"]}]</example>
    public required List<BodyItem<EscalationStepIn>> Steps { get; init; }

    /// <summary>
    /// How long after the last step it begins again with the first one, until somebody acknowledges the incident: 5 to 10,080 minutes; null
    /// for never.
    /// </summary>
    /// <example>60</example>
    public int? RepeatEveryMinutes { get; init; }

    public static EscalationPolicyUpdate Read(ObjectReader body)
    {
        var steps = body.Items<EscalationStepIn>("steps", 1, MaxSteps);

        // A list with a faulty step is no policy: its faults are those of the body.
        foreach (var fault in steps.SelectMany(step => step.Faults))
            body.Fault(fault.Loc.Skip(1), fault.Msg);
        for (var i = 1; i < steps.Count; i++)
        {
            if (steps[i].Value?.AfterMinutes <= steps[i - 1].Value?.AfterMinutes)
                body.Fault(["steps", $"[{i}]", "afterMinutes"], "Must be more than that of the step before.");
        }

        return new()
        {
            Name = body.Text("name", new TextRule(1, 256, IsForPeople: true)),
            Steps = steps,
            RepeatEveryMinutes = body.OptionalInteger("repeatEveryMinutes", MinRepeat, MaxMinutes),
        };
    }

    public List<EscalationStep> ToSteps() => Steps.ConvertAll(step => new EscalationStep(step.Value!.AfterMinutes, step.Value.Channels));

    public TimeSpan? ToRepeat() => RepeatEveryMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null;
}
