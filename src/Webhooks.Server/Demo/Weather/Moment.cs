namespace Webhooks.Server.Demo.Weather;

/// <summary>All that an endpoint's answer depends on.</summary>
/// <param name="Now">When the attempt begins.</param>
/// <param name="Into">How long since the midnight (UTC) before the week began: whole days and the time of day.</param>
/// <param name="Left">How long it still lasts.</param>
/// <param name="Attempt">The attempt's number, from 1.</param>
/// <param name="Sequence">The message's place in the lane: it stays the same over all attempts.</param>
/// <param name="IsReplay">A person sends it again.</param>
/// <param name="Chance">Drawn anew for each attempt.</param>
internal sealed record Moment(
    DateTimeOffset Now, TimeSpan Into, TimeSpan Left, int Attempt, long Sequence, bool IsReplay, Random Chance)
{
    private const double GoldenRatio = 0.6180339887498949;

    /// <summary>0 to 1, evenly: the same at each attempt of a delivery, so that what an endpoint can't stand it never can.</summary>
    public double Fate => Sequence * GoldenRatio % 1;

    public bool IsWorkingHour => Now.Hour is >= 8 and < 18;

    /// <summary>True with that probability.</summary>
    public bool Happens(double probability) => Chance.NextDouble() < probability;

    public bool IsBetween(TimeSpan from, TimeSpan to) => Into >= from && Into < to;
}
