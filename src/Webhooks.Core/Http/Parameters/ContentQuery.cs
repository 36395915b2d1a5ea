namespace Webhooks.Core.Http.Parameters;

/// <summary>Whether an answer shows contents: payloads, responses.</summary>
internal sealed record ContentQuery : IQuery<ContentQuery>
{
    /// <summary>Show them.</summary>
    [QueryParameter("with_content", "Show payloads and responses.", Default = "true")]
    public required bool WithContent { get; init; }

    public static ContentQuery Read(QueryReader query) => new() { WithContent = query.Boolean("with_content", fallback: true) };
}
