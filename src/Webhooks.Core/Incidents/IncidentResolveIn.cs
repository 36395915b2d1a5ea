using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Incidents;

/// <summary>The end of an incident.</summary>
internal sealed record IncidentResolveIn : IncidentActionIn, IBody<IncidentResolveIn>
{
    private IncidentResolveIn(IncidentActionIn action) : base(action)
    {
    }

    /// <summary>What ended it, for whoever reads the timeline: 1 to 4,096 characters; null for nothing.</summary>
    /// <example>The subscriber has taken back the change.</example>
    public string? Comment { get; init; }

    public static new IncidentResolveIn Read(ObjectReader body) =>
        new(IncidentActionIn.Read(body)) { Comment = body.OptionalText("comment", IncidentRules.Words) };
}
