using Webhooks.Core.Escalation;

namespace Webhooks.Core.Tests.Escalation;

public sealed class EscalationPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void At_OncePolicy_HasEachStepOnce()
    {
        var policy = Policy(null, 0, 15);

        Enumerable.Range(0, 3).Select(place => EscalationPlan.At(policy, place)?.AfterMinutes).ShouldBe([0, 15, null]);
    }

    [Fact]
    public void At_RepeatedPolicy_BeginsAgain()
    {
        var policy = Policy(60, 0, 15);

        Enumerable.Range(0, 5).Select(place => EscalationPlan.At(policy, place)?.AfterMinutes).ShouldBe([0, 15, 0, 15, 0]);
    }

    [Theory]
    [InlineData(0, true, 15)]
    [InlineData(1, true, 25)]
    [InlineData(2, true, 60)]
    [InlineData(3, true, 15)]
    public void NextAt_Told_KeepsTheDistanceOfTheSteps(int place, bool isTold, int minutes) =>
        EscalationPlan.NextAt(Policy(60, 0, 15, 40), place, isTold, Now).ShouldBe(Now.AddMinutes(minutes));

    [Fact]
    public void NextAt_NobodyTold_IsAtOnceButNeverTurnsInCircles()
    {
        var policy = Policy(60, 0, 15);

        EscalationPlan.NextAt(policy, 0, isTold: false, Now).ShouldBe(Now);
        EscalationPlan.NextAt(policy, 1, isTold: false, Now).ShouldBe(Now.AddMinutes(60));
    }

    [Fact]
    public void NextAt_LastStepWithoutRepetition_IsNever() =>
        EscalationPlan.NextAt(Policy(null, 0, 15), 1, isTold: true, Now).ShouldBeNull();

    [Theory]
    [InlineData(0, 1, true)]
    [InlineData(1, 2, true)]
    [InlineData(2, 3, false)] // a round never begins without its wait
    [InlineData(3, 4, true)]
    [InlineData(0, 2, false)] // the step after it has been taken
    [InlineData(0, 4, false)]
    [InlineData(2, 1, false)] // it began anew
    public void Hurries_StepFailed_OnlyTheOneRightAfterItAndNoNewRound(int failed, int next, bool hurries) =>
        EscalationPlan.Hurries(Policy(60, 0, 15, 40), failed, next).ShouldBe(hurries);

    private static EscalationPolicy Policy(int? repeatMinutes, params int[] afterMinutes) => new()
    {
        Id = default, Name = "On call", Steps = [.. afterMinutes.Select(minutes => new EscalationStep(minutes, ["chan"]))],
        RepeatEvery = repeatMinutes is { } repeat ? TimeSpan.FromMinutes(repeat) : null, CreatedAt = Now, UpdatedAt = Now,
    };
}
