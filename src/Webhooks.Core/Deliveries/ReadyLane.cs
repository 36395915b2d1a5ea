using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;

namespace Webhooks.Core.Deliveries;

/// <summary>A lane that a claim has locked, with what its endpoint says.</summary>
/// <param name="ApplicationHasRate">Its application's pace counts, too.</param>
/// <param name="IsProbe">It is allowed one attempt at a time.</param>
/// <param name="Free">How many attempts its in-flight limit still allows; below 0 where that was lowered.</param>
/// <param name="IsOrdered">Its deliveries go out in order, so none of them is preferred because it is new.</param>
/// <param name="Pace">The endpoint's, and no faster than <paramref name="ReleaseRate"/>.</param>
internal sealed record ReadyLane(
    EndpointId EndpointId, ApplicationId ApplicationId, bool ApplicationHasRate, bool IsProbe, int Free, bool IsOrdered, Pace Pace,
    string Url, byte[]? ProtectedHeaders, TimeSpan? AttemptTimeout, int? ReleaseRate, RetryPolicy Policy);
