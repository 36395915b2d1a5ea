using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Data;
using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Incidents;

/// <summary>How long nobody is to be told about an incident.</summary>
internal sealed record IncidentSnoozeIn : IncidentActionIn, IBody<IncidentSnoozeIn>
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    [SetsRequiredMembers]
    private IncidentSnoozeIn(IncidentActionIn action, DateTimeOffset until) : base(action) => Until = until;

    /// <summary>When it wakes up by itself: a time to come, 30 days from now at most.</summary>
    /// <example>2026-02-01T08:00:00Z</example>
    public required DateTimeOffset Until { get; init; }

    public static new IncidentSnoozeIn Read(ObjectReader body)
    {
        var now = body.Services.GetRequiredService<TimeProvider>().GetUtcMicroseconds();
        var until = body.Time("until");
        if (until <= now || until > now + Longest)
            body.Fault("until", "Must be a time to come, 30 days from now at most.");
        return new(IncidentActionIn.Read(body), until ?? default);
    }
}
