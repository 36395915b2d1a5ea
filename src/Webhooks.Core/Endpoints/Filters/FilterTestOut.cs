namespace Webhooks.Core.Endpoints.Filters;

/// <summary>What a filter says of a payload.</summary>
/// <param name="Matches" example="false">Whether a message with it would be sent.</param>
/// <param name="Why">What is in its way; null when it matches.</param>
internal sealed record FilterTestOut(bool Matches, FilterMismatchOut? Why);

/// <summary>The first part of a filter that says no.</summary>
/// <param name="Loc" example="[&quot;filter&quot;, &quot;and&quot;, &quot;[0]&quot;, &quot;gte&quot;]">
/// Where in the filter; a list's index is written <c>[0]</c>.
/// </param>
/// <param name="Msg" example="The value at $.data.amount must be greater or equal.">A sentence for people.</param>
internal sealed record FilterMismatchOut(IReadOnlyList<string> Loc, string Msg);
