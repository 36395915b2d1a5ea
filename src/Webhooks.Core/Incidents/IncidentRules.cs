using System.Diagnostics;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Incidents;

/// <summary>Which incident a dead letter belongs to. Pure.</summary>
internal static class IncidentRules
{
    /// <summary>What a person may be called.</summary>
    public static readonly TextRule Person = new(1, 256, IsForPeople: true);

    /// <summary>What a person may say.</summary>
    public static readonly TextRule Words = new(1, 4_096, IsForPeople: true);

    /// <summary>The kinds that dead letters make, one for each reason; all deliveries that are held are one kind.</summary>
    public static readonly IReadOnlyList<IncidentKind> OfLetters =
    [
        IncidentKind.Rejected, IncidentKind.NotSent, IncidentKind.Unknown, IncidentKind.Ours, IncidentKind.PayloadGone, IncidentKind.Held,
    ];

    /// <summary>A dead letter has one of the two reasons: what is held is not dead yet.</summary>
    public static IncidentKind KindOf(DeadLetterReason? dead, HoldReason? held) => (dead, held) switch
    {
        (null, HoldReason.UnknownOutcome or HoldReason.Parked) => IncidentKind.Held,
        (DeadLetterReason.Rejected, _) => IncidentKind.Rejected,
        (DeadLetterReason.NotSent, _) => IncidentKind.NotSent,
        (DeadLetterReason.Unknown, _) => IncidentKind.Unknown,
        (DeadLetterReason.Ours, _) => IncidentKind.Ours,
        (DeadLetterReason.PayloadGone, _) => IncidentKind.PayloadGone,
        _ => throw new UnreachableException(),
    };

    /// <summary>What is wrong, in a sentence for people.</summary>
    public static string SummaryOf(IncidentKind kind) => kind switch
    {
        IncidentKind.Rejected => "The endpoint answers and refuses deliveries; they are not retried any more.",
        IncidentKind.NotSent => "The endpoint can't be reached; deliveries are not retried any more.",
        IncidentKind.Unknown => "Whether deliveries arrived is unknown; they are not sent again, because the endpoint may have them.",
        IncidentKind.Ours => "The service itself failed too often while it sent deliveries; the endpoint is not at fault.",
        IncidentKind.PayloadGone => "Payloads expired or were removed before they could be delivered.",
        IncidentKind.Held => "Deliveries are held until somebody decides whether they are sent again.",
        _ => throw new UnreachableException(),
    };
}
