namespace Webhooks.Core.Http.Parameters;

/// <summary>From when to when a list reaches, both ends left out.</summary>
internal sealed record TimeRange : IQuery<TimeRange>
{
    /// <summary>Only what is older than this.</summary>
    [QueryParameter("before", "Only what is older than this time.", Example = "2026-02-01T00:00:00Z")]
    public required DateTimeOffset? Before { get; init; }

    /// <summary>Only what is newer than this.</summary>
    [QueryParameter("after", "Only what is newer than this time.", Example = "2026-01-01T00:00:00Z")]
    public required DateTimeOffset? After { get; init; }

    public static TimeRange Read(QueryReader query) => new() { Before = query.Time("before"), After = query.Time("after") };
}
