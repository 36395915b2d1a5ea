using Webhooks.Core.Http.Parameters;

namespace Webhooks.Core.Endpoints;

/// <summary>Which time an endpoint's statistics are about.</summary>
internal sealed record EndpointStatsQuery : IQuery<EndpointStatsQuery>
{
    /// <summary>From when on; null for 28 days before the end.</summary>
    [QueryParameter("since", "From when on. Default: 28 days before 'until'.", Example = "2026-01-01T00:00:00Z")]
    public required DateTimeOffset? Since { get; init; }

    /// <summary>Until when; null for now.</summary>
    [QueryParameter("until", "Until when. Default: now.", Example = "2026-01-28T00:00:00Z")]
    public required DateTimeOffset? Until { get; init; }

    public static EndpointStatsQuery Read(QueryReader query) => new() { Since = query.Time("since"), Until = query.Time("until") };
}
