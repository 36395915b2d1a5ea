using System.Diagnostics;

namespace Webhooks.EndToEndTests.Incidents;

/// <summary>
/// The promise that a failure ends at a person, whenever the process dies: between dead letter, incident, step, notification, the message
/// to the channel and its record, and whatever people do in between.
/// </summary>
public sealed class KilledEscalationTests(ITestOutputHelper output)
{
    private const int LeastKills = 4;
    private const int Channels = 2;

    private static readonly TimeSpan KilledFor = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(4);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_AtRandomMomentsOfTelling_EveryDeadLetterIsToldAndNothingAgainButWhatAKillInterrupted()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var started = Stopwatch.GetTimestamp();
        await using var troubled = await TroubledServer.StartAsync(seed, Cancel);

        var kills = 0;
        for (; kills < LeastKills || Stopwatch.GetElapsedTime(started) < KilledFor; kills++)
        {
            // Each other one meets a message on its way; of the others the moment is random, sometimes one at which the server has hardly
            // begun to start. Nothing is waited for by that.
            if (kills % 2 == 0)
                await troubled.AlertComesAsync(LongestRun, Cancel);
            else
                await Task.Delay(LongestRun * random.NextDouble(), TimeProvider.System, Cancel);
            await troubled.KillAsync();
            if (kills % 4 != 0)
                await troubled.Server.ReadyAsync(Cancel);
        }

        output.WriteLine($"seed {seed}, {kills} kills in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        var books = await troubled.SettleAsync(Cancel);
        output.WriteLine(
            $"settled after {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s: {books.Letters.Count} dead letters in {books.Incidents.Count} "
            + $"incidents; {troubled.OnCall.Decisions} decisions; {books.Notices.Count} notifications, {books.Received.Count} messages, "
            + $"{books.Interrupted} met by a kill, {books.Repeats} of these told twice");
        books.Faults().Take(20).ShouldBeEmpty($"seed {seed}");
        books.Interrupted.ShouldBeInRange(1, kills * Channels, "each kill meets one message to each channel at most");
        books.Repeats.ShouldBeLessThanOrEqualTo(books.Interrupted);
        books.Letters.ShouldNotBeEmpty("a test without dead letters shows nothing");
    }
}
