using System.Linq.Expressions;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Ledger;

/// <summary>What came for an endpoint in one hour, and what became of it.</summary>
internal sealed record LedgerHourOut
{
    /// <summary>The entry's id.</summary>
    public required LedgerHourId Id { get; init; }

    /// <summary>The hour in which the deliveries were booked: at most a minute after they were accepted.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset Hour { get; init; }

    /// <summary>The application.</summary>
    public required ApplicationId ApplicationId { get; init; }

    /// <summary>The endpoint.</summary>
    public required EndpointId EndpointId { get; init; }

    /// <summary>Deliveries that came: of messages that matched, and of resends and replays. Read from the lane, not counted.</summary>
    /// <example>100</example>
    public required long Accepted { get; init; }

    /// <summary>What was kept back beside those, by reason.</summary>
    public required LedgerFilteredOut Filtered { get; init; }

    /// <summary>What became of the deliveries, counted from their own rows.</summary>
    public required LedgerCounts Counts { get; init; }

    /// <summary>
    /// Deliveries that came and are not accounted for; below 0, that are there without having come. Must be 0. A settled entry keeps its
    /// counts, which are sealed; its residue says how many of those deliveries were not there any more when it was counted again.
    /// </summary>
    /// <example>0</example>
    public required long Residue { get; init; }

    /// <summary>When the rows were counted last; null before the first time.</summary>
    /// <example>2026-01-31T12:59:00.000000Z</example>
    public required DateTimeOffset? CountedAt { get; init; }

    /// <summary>Since when nothing of it is on its way or in front of a person; null while something is.</summary>
    /// <example>null</example>
    public required DateTimeOffset? SettledAt { get; init; }

    public static readonly Expression<Func<LedgerHour, LedgerHourOut>> Projection = h => Of(h);

    private static LedgerHourOut Of(LedgerHour entry) => new()
    {
        Id = entry.Id,
        Hour = entry.Hour,
        ApplicationId = entry.ApplicationId,
        EndpointId = entry.EndpointId,
        Accepted = entry.Accepted,
        Filtered = new LedgerFilteredOut(entry.Filtered),
        Counts = entry.Counts,
        Residue = entry.Residue,
        CountedAt = entry.CountedAt == LedgerHour.Never ? null : entry.CountedAt,
        SettledAt = entry.SettledAt,
    };
}

/// <summary>Deliveries that were not sent, by reason.</summary>
/// <param name="ContentFilter">The endpoint's content filter did not let them through.</param>
internal sealed record LedgerFilteredOut(long ContentFilter);
