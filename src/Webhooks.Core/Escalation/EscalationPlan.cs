namespace Webhooks.Core.Escalation;

/// <summary>Which step of a policy is next, and when. Pure.</summary>
internal static class EscalationPlan
{
    /// <summary>The step at a place that counts on over repetitions; null when the policy is at its end.</summary>
    public static EscalationStep? At(EscalationPolicy policy, int place) =>
        place < policy.Steps.Count || policy.RepeatEvery is not null ? policy.Steps[place % policy.Steps.Count] : null;

    /// <summary>When the step after that at <paramref name="place"/> is due; null when there is none.</summary>
    /// <param name="isTold">
    /// Whether anybody was told by the step at <paramref name="place"/>. If not, the next one follows at once; but a policy never begins
    /// again without its wait, or one whose channels are all gone would turn in circles.
    /// </param>
    public static DateTimeOffset? NextAt(EscalationPolicy policy, int place, bool isTold, DateTimeOffset now)
    {
        var step = place % policy.Steps.Count;
        if (step == policy.Steps.Count - 1)
            return now + policy.RepeatEvery;
        if (!isTold)
            return now;

        // From now on, not from the opening: people who were told late have their time to answer.
        return now + TimeSpan.FromMinutes(policy.Steps[step + 1].AfterMinutes - policy.Steps[step].AfterMinutes);
    }

    /// <summary>
    /// Whether the incident's next step is the one that those wait for who were not told by the step at <paramref name="failed"/>: the one
    /// right after it. Whoever failed a step that is long over wakes nobody, and that of a new round keeps its wait, as above.
    /// </summary>
    /// <param name="next">The place of the step that is next.</param>
    public static bool Hurries(EscalationPolicy policy, int failed, int next) => next == failed + 1 && next % policy.Steps.Count != 0;
}
