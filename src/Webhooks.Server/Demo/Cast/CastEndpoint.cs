using System.Text.Json.Serialization;
using Webhooks.Server.Demo.Weather;

namespace Webhooks.Server.Demo.Cast;

/// <summary>An endpoint as the API is asked to make it, and how it behaves.</summary>
internal sealed record CastEndpoint(string Url, string Description, [property: JsonIgnore] Climate Climate)
{
    public string? Uid { get; init; }
    public IReadOnlyList<string>? EventTypes { get; init; }
    public IReadOnlyList<string>? Channels { get; init; }
    public int? ThrottleRate { get; init; }
    public int? MaxInFlight { get; init; }
    public IReadOnlyList<int>? RetryScheduleSeconds { get; init; }
    public string? UnknownOutcome { get; init; }
    public bool? Ordered { get; init; }
    public int? ParkAfter { get; init; }
    public object? Filter { get; init; }
    public IReadOnlyDictionary<string, string>? Headers { get; init; }
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
