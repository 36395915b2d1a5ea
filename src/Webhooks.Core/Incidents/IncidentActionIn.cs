using Webhooks.Core.ApiKeys;
using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Incidents;

/// <summary>What a person does about an incident.</summary>
internal record IncidentActionIn : IBody<IncidentActionIn>
{
    /// <summary>Who does it, in words that others know: 1 to 256 characters. Left out, it is the id of the API key.</summary>
    /// <example>Ada</example>
    public string? By { get; init; }

    /// <summary>
    /// The incident's <c>version</c> as it was seen; null for any. If it has changed since, the answer is 409 and nothing is done.
    /// </summary>
    /// <example>null</example>
    public int? Version { get; init; }

    public static IncidentActionIn Read(ObjectReader body) => new()
    {
        By = body.OptionalText("by", IncidentRules.Person),
        Version = body.OptionalInteger("version", 1, 1_000_000_000),
    };

    public string WhoOf(Caller caller) => By ?? caller.Who;
}
