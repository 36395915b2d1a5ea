namespace Webhooks.Core.Http.Problems;

/// <summary>Everything that is wrong with a request's parameters or body, told at once.</summary>
/// <param name="Detail">One entry for each fault.</param>
internal sealed record HTTPValidationError(IReadOnlyList<ValidationErrorItem> Detail);

/// <summary>One fault.</summary>
/// <param name="Loc" example="[&quot;body&quot;, &quot;url&quot;]">
/// Where: <c>body</c>, <c>query</c> or <c>header</c>, then the way to the value; a list's index is written <c>[0]</c>.
/// </param>
/// <param name="Msg" example="The URL must use https or http.">A sentence for people.</param>
/// <param name="Type" example="value_error">A stable word for programs.</param>
internal sealed record ValidationErrorItem(IReadOnlyList<string> Loc, string Msg, string Type = ValidationErrorItem.ValueError)
{
    /// <summary>The value breaks a rule.</summary>
    public const string ValueError = "value_error";

    /// <summary>The body is not JSON at all.</summary>
    public const string JsonDecode = "value_error.jsondecode";
}
