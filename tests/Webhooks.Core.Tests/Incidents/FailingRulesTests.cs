using Webhooks.Core.Incidents;

namespace Webhooks.Core.Tests.Incidents;

public sealed class FailingRulesTests
{
    private static readonly DateTimeOffset Since = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    // 15 minutes until people are told, 100 hours until it is disabled: an hour is one percent.
    private static readonly IncidentOptions Options = new() { DisableAfter = TimeSpan.FromHours(100) };

    [Theory]
    [InlineData(0, false)]
    [InlineData(14.99, false)]
    [InlineData(15, true)]
    public void Decide_Unsaid_OpensOnceItHasFailedForLong(double minutes, bool opens) =>
        FailingRules.Decide(Since, null, Since.AddMinutes(minutes), Options).ShouldBe(opens ? FailingMove.Open : FailingMove.None);

    [Theory]
    [InlineData(1, 49.9, nameof(FailingMove.None))]
    [InlineData(1, 50, nameof(FailingMove.Warn))]
    [InlineData(50, 74.9, nameof(FailingMove.None))]
    [InlineData(50, 75, nameof(FailingMove.Warn))]
    [InlineData(75, 90, nameof(FailingMove.Warn))]
    [InlineData(1, 90, nameof(FailingMove.Warn))]
    [InlineData(90, 99.9, nameof(FailingMove.None))]
    [InlineData(90, 100, nameof(FailingMove.Disable))]
    public void Decide_Said_WarnsOnceAtEachLevelAndThenDisables(double saidAt, double now, string move) =>
        Decide(saidAt, now, Options).ToString().ShouldBe(move);

    [Fact]
    public void Decide_OverdueWithoutTheLastWarning_WarnsFirst()
    {
        Decide(1, 240, Options).ShouldBe(FailingMove.Warn);
        Decide(240, 249.9, Options).ShouldBe(FailingMove.None);
        Decide(240, 250, Options).ShouldBe(FailingMove.Disable);
    }

    [Fact]
    public void Decide_OverdueAndUnsaid_OpensFirst() =>
        FailingRules.Decide(Since, null, Since.AddHours(240), Options).ShouldBe(FailingMove.Open);

    [Fact]
    public void Decide_NeverDisabled_OnlyOpens()
    {
        var never = new IncidentOptions { DisableAfter = TimeSpan.Zero };

        FailingRules.Decide(Since, null, Since.AddDays(400), never).ShouldBe(FailingMove.Open);
        Decide(1, 10_000, never).ShouldBe(FailingMove.None);
    }

    private static FailingMove Decide(double saidAtHour, double nowHour, IncidentOptions options) =>
        FailingRules.Decide(Since, Since.AddHours(saidAtHour), Since.AddHours(nowHour), options);
}
