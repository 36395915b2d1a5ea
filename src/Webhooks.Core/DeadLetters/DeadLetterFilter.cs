using Webhooks.Core.Endpoints;
using Webhooks.Core.Incidents;

namespace Webhooks.Core.DeadLetters;

/// <summary>Which dead letters are meant; what is null does not narrow it. A task keeps it with what it was asked to do.</summary>
internal sealed record DeadLetterFilter
{
    public ApplicationId? ApplicationId { get; init; }
    public EndpointId? EndpointId { get; init; }
    public IncidentId? IncidentId { get; init; }
    public List<string>? EventTypes { get; init; }
    public List<DeadLetterCause>? Causes { get; init; }
    public DeadLetterStatus? Status { get; init; }

    /// <summary>Only those that came to their end, or were held, before this time.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Only those that came to their end, or were held, after this time.</summary>
    public DateTimeOffset? After { get; init; }
}
