using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Endpoints;

/// <summary>The end of a pause.</summary>
internal sealed record EndpointResumeIn : IBody<EndpointResumeIn>
{
    /// <summary>
    /// How many deliveries a second go out until what waited is worked off, 1 to 65,535, beside the endpoint's <c>throttleRate</c>; null
    /// for no such limit. Either way the first goes alone, and more follow with each that is delivered.
    /// </summary>
    /// <example>10</example>
    public int? MaxPerSecond { get; init; }

    public static EndpointResumeIn Read(ObjectReader body) => new()
    {
        MaxPerSecond = body.OptionalInteger("maxPerSecond", 1, ushort.MaxValue),
    };
}
