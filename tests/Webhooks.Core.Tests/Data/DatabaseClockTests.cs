using Microsoft.Extensions.Time.Testing;
using Webhooks.Core.Data;

namespace Webhooks.Core.Tests.Data;

public sealed class DatabaseClockTests
{
    private static readonly DateTimeOffset Database = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(10);

    private readonly FakeTimeProvider _local = new(Database.AddMinutes(7));
    private readonly DatabaseClock _clock;

    public DatabaseClockTests() => _clock = new(_local);

    [Fact]
    public void GetUtcNow_BeforeAnySample_IsTheMachines() => _clock.GetUtcNow().ShouldBe(Database.AddMinutes(7));

    [Fact]
    public void Follow_AClockMinutesAway_TakesItsTimeAsOfTheMiddleOfTheRoundTrip()
    {
        var moved = Sample(Database);

        moved.ShouldBe(TimeSpan.FromMinutes(-7) - RoundTrip / 2);
        _clock.GetUtcNow().ShouldBe(Database + RoundTrip / 2);
    }

    [Fact]
    public void GetUtcNow_AsTimePasses_PassesWithIt()
    {
        Sample(Database);

        _local.Advance(TimeSpan.FromHours(1));

        _clock.GetUtcNow().ShouldBe(Database + RoundTrip / 2 + TimeSpan.FromHours(1));
    }

    [Fact]
    public void GetUtcNow_TheMachinesClockIsSet_StaysTheDatabases()
    {
        var machine = new SteppingClock(Database.AddMinutes(-3));
        var clock = new DatabaseClock(machine);
        clock.Follow(new ClockSample(Database, clock.GetTimestamp(), clock.GetTimestamp()));

        machine.UtcNow = Database.AddDays(-30);

        clock.GetUtcNow().ShouldBe(Database);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(10)]
    public void Follow_AnAnswerThatLeavesRoomForThisClock_MovesNothing(int milliseconds)
    {
        Sample(Database);
        var before = _clock.GetUtcNow();

        var moved = Sample(before.AddMilliseconds(milliseconds));

        moved.ShouldBe(TimeSpan.Zero);
        _clock.GetUtcNow().ShouldBe(before + RoundTrip);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(-20)]
    public void Follow_AnAnswerThatThisClockCanNotBeRightBy_Moves(int milliseconds)
    {
        Sample(Database);
        var said = _clock.GetUtcNow() + RoundTrip / 2 + TimeSpan.FromMilliseconds(milliseconds);

        Sample(said).ShouldNotBe(TimeSpan.Zero);

        _clock.GetUtcNow().ShouldBe(said + RoundTrip / 2);
    }

    /// <summary>The database is asked, says that it is <paramref name="time"/>, and the answer arrives.</summary>
    private TimeSpan Sample(DateTimeOffset time)
    {
        var asked = _clock.GetTimestamp();
        _local.Advance(RoundTrip);
        return _clock.Follow(new ClockSample(time, asked, _clock.GetTimestamp()));
    }

    /// <summary>A machine whose time of day is set by hand, while its timestamps stand still.</summary>
    private sealed class SteppingClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset UtcNow { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => UtcNow;

        public override long GetTimestamp() => 1;
    }
}
