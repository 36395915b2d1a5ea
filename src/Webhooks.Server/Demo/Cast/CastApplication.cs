namespace Webhooks.Server.Demo.Cast;

/// <summary>A customer of the played publisher.</summary>
/// <param name="Messages">How many messages a week it has.</param>
/// <param name="DaysBefore">How long before the week's end it came.</param>
internal sealed record CastApplication(string Name, string Uid, int Messages, int DaysBefore, IReadOnlyList<CastEndpoint> Endpoints)
{
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    public int? ThrottleRate { get; init; }
}
