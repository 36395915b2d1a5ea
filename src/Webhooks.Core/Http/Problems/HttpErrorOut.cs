namespace Webhooks.Core.Http.Problems;

/// <summary>Why a request was not done.</summary>
/// <param name="Code" example="not_found">A stable word for programs.</param>
/// <param name="Detail" example="There is no such resource, or this API key may not see it.">
/// A sentence for people: what is wrong and what to do.
/// </param>
internal sealed record HttpErrorOut(string Code, string Detail);
