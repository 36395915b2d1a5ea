using Webhooks.Core.Nodes;
using Webhooks.Core.Telemetry;
using Webhooks.Server.Dashboard.Overview;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Dashboard.Tests.Overview;

public sealed class OverviewVerdictTests
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(5);
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private static readonly OverviewFigures Well = new()
    {
        At = Now, IsUsed = true, AcceptedInMinute = 3, DeliveredInMinute = 3, FailedInMinute = 0, Waiting = 0, Sending = 0, Held = 0,
        OldestDue = TimeSpan.Zero, Failing = 0, Lanes = new LaneCounts(0, 4, 0, 0, 0), OpenIncidents = 0, AcknowledgedIncidents = 0,
        Undecided = 0, Unbalanced = 0, Nodes = [Node("worker", isAlive: true)],
    };

    [Fact]
    public void Of_NothingWrong_IsGood()
    {
        var verdict = OverviewVerdict.Of(Well, Late);

        (verdict.Tone, verdict.Points.Count).ShouldBe((Tone.Good, 0));
    }

    [Fact]
    public void Of_NeverUsed_IsQuiet() => OverviewVerdict.Of(Well with { IsUsed = false }, Late).Tone.ShouldBe(Tone.Quiet);

    [Fact]
    public void Of_OnlyDeadWorkers_SaysThatNothingIsDelivered()
    {
        var verdict = OverviewVerdict.Of(Well with { Nodes = [Node("worker", isAlive: false), Node("api", isAlive: true)] }, Late);

        verdict.Sentence.ShouldBe("The service itself needs a person.");
        verdict.Points.ShouldHaveSingleItem().Text.ShouldBe("No worker is alive: nothing is delivered.");
    }

    [Fact]
    public void Of_FaultsOfTheService_ComeBeforeThoseOfSubscribers()
    {
        var verdict = OverviewVerdict.Of(Well with { Unbalanced = 2, Failing = 1, OldestDue = Late + Late, OpenIncidents = 1_000 }, Late);

        verdict.Points.Select(p => p.Text).ShouldBe(
        [
            "The books don't balance in 2 hours of endpoints.",
            "The service does not keep up: a delivery that could go out has waited for 10 min.",
            "1,000 or more incidents nobody sees to yet.",
            "Nothing gets through to 1 endpoint; deliveries are retried.",
        ]);
    }

    [Fact]
    public void Of_DeadLetters_SaysThatTheServiceIsWell()
    {
        var verdict = OverviewVerdict.Of(Well with { Undecided = 1 }, Late);

        (verdict.Tone, verdict.Sentence).ShouldBe((Tone.Bad, "The service is well; some deliveries need a person."));
    }

    [Fact]
    public void Of_FailingEndpoints_IsAWarning() => OverviewVerdict.Of(Well with { Failing = 3 }, Late).Tone.ShouldBe(Tone.Warning);

    private static NodeOut Node(string role, bool isAlive) => new()
    {
        Name = role, Roles = [role], Version = "1.0.0", Alive = isAlive, StartedAt = Now, SeenAt = Now,
    };
}
