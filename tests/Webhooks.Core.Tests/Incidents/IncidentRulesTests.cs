using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Incidents;

namespace Webhooks.Core.Tests.Incidents;

public sealed class IncidentRulesTests
{
    private static readonly Dictionary<(DeadLetterReason?, HoldReason?), IncidentKind> Kinds = new()
    {
        [(DeadLetterReason.Rejected, null)] = IncidentKind.Rejected,
        [(DeadLetterReason.NotSent, null)] = IncidentKind.NotSent,
        [(DeadLetterReason.Unknown, null)] = IncidentKind.Unknown,
        [(DeadLetterReason.Ours, null)] = IncidentKind.Ours,
        [(DeadLetterReason.PayloadGone, null)] = IncidentKind.PayloadGone,
        [(null, HoldReason.UnknownOutcome)] = IncidentKind.Held,
        [(null, HoldReason.Parked)] = IncidentKind.Held,
    };

    [Fact]
    public void KindOf_AnyReason_IsItsKind()
    {
        foreach (var ((dead, held), kind) in Kinds)
            IncidentRules.KindOf(dead, held).ShouldBe(kind);
    }

    [Fact]
    public void EveryReason_HasAKindWithASentence()
    {
        foreach (var reason in Enum.GetValues<DeadLetterReason>())
            IncidentRules.SummaryOf(IncidentRules.KindOf(reason, null)).ShouldEndWith(".");
        foreach (var reason in Enum.GetValues<HoldReason>())
            IncidentRules.OfLetters.ShouldContain(IncidentRules.KindOf(null, reason));
    }

    [Theory]
    [InlineData(nameof(IncidentKind.Rejected), false, false, false, true)]
    [InlineData(nameof(IncidentKind.Rejected), true, false, false, false)]
    [InlineData(nameof(IncidentKind.Rejected), false, false, true, false)]
    [InlineData(nameof(IncidentKind.Held), false, false, false, true)]
    [InlineData(nameof(IncidentKind.Held), false, false, true, false)]
    [InlineData(nameof(IncidentKind.Failing), true, false, false, false)]
    [InlineData(nameof(IncidentKind.Failing), false, false, true, true)]
    [InlineData(nameof(IncidentKind.Disabled), false, true, false, false)]
    [InlineData(nameof(IncidentKind.Disabled), true, false, true, true)]
    [InlineData(nameof(IncidentKind.Ledger), false, false, false, false)]
    [InlineData(nameof(IncidentKind.Channel), false, false, false, false)]
    public void WhyOver_AnyKind_IsSaidOnlyWhenItIs(string kind, bool isFailing, bool isDisabled, bool hasUndecided, bool isOver)
    {
        var facts = new IncidentFacts(default, Enum.Parse<IncidentKind>(kind), isFailing, isDisabled, hasUndecided);

        (facts.WhyOver() is not null).ShouldBe(isOver);
    }
}
