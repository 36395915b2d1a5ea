using Webhooks.Core.Http.Parameters;

namespace Webhooks.Core.EventTypes;

/// <summary>How far a deletion goes.</summary>
internal sealed record ExpungeQuery : IQuery<ExpungeQuery>
{
    /// <summary>Remove it instead of archiving it.</summary>
    [QueryParameter("expunge", "Remove it instead of archiving it.", Default = "false")]
    public required bool Expunge { get; init; }

    public static ExpungeQuery Read(QueryReader query) => new() { Expunge = query.Boolean("expunge", fallback: false) };
}
