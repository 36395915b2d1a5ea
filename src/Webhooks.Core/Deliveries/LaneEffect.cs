using Webhooks.Core.Lanes;

namespace Webhooks.Core.Deliveries;

/// <summary>What a lane learns from a finished attempt.</summary>
/// <param name="MaxInFlight">The endpoint's cap, up to which its in-flight limit may grow.</param>
/// <param name="Succeeded">The limit grows by one.</param>
/// <param name="Unanswered">The endpoint could not be reached, or did not answer: the limit is halved.</param>
/// <param name="Failed">The attempt counts as a failure of the endpoint: it is failing from then on, until one is delivered.</param>
/// <param name="Pause">Nothing is claimed for a while, and then one delivery as a probe.</param>
/// <param name="Gone">The endpoint answered 410: it is disabled, and holds what waits.</param>
internal readonly record struct LaneEffect(
    int MaxInFlight, bool Succeeded = false, bool Unanswered = false, bool Failed = false, LanePause? Pause = null, bool Gone = false);

internal readonly record struct LanePause(DateTimeOffset Until, PauseReason Reason);
