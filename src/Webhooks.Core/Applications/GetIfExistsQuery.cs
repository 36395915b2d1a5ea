using Webhooks.Core.Http.Parameters;

namespace Webhooks.Core.Applications;

/// <summary>What a creation does when the uid is taken.</summary>
internal sealed record GetIfExistsQuery : IQuery<GetIfExistsQuery>
{
    /// <summary>Answer 200 with the existing one instead of 409.</summary>
    [QueryParameter("get_if_exists", "Answer 200 with the existing one when the uid is taken, instead of 409.", Default = "false")]
    public required bool GetIfExists { get; init; }

    public static GetIfExistsQuery Read(QueryReader query) => new() { GetIfExists = query.Boolean("get_if_exists", fallback: false) };
}
