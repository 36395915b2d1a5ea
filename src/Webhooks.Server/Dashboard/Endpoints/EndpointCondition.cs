using Webhooks.Core.Endpoints;
using Webhooks.Core.Lanes;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.Endpoints;

/// <summary>How an endpoint is, in one word: what stops it most.</summary>
internal enum EndpointCondition
{
    /// <summary>Nothing is in the way.</summary>
    Healthy,

    /// <summary>Attempts fail, and none gets through.</summary>
    Failing,

    /// <summary>It failed, and rests until a time.</summary>
    Resting,

    /// <summary>A person paused it.</summary>
    Paused,

    /// <summary>Its owner or the service disabled it.</summary>
    Disabled,
}

/// <summary>Conditions as they are found and told.</summary>
internal static class EndpointConditions
{
    public static EndpointCondition Of(
        bool isDisabled, DateTimeOffset? pausedAt, DateTimeOffset? restsUntil, DateTimeOffset? failingSince, DateTimeOffset now) =>
        isDisabled ? EndpointCondition.Disabled
        : pausedAt is not null ? EndpointCondition.Paused
        : restsUntil > now ? EndpointCondition.Resting
        : failingSince is not null ? EndpointCondition.Failing
        : EndpointCondition.Healthy;

    public static Tone Tone(this EndpointCondition condition) => condition switch
    {
        EndpointCondition.Healthy => Parts.Tone.Good,
        EndpointCondition.Failing => Parts.Tone.Bad,
        EndpointCondition.Resting or EndpointCondition.Paused => Parts.Tone.Warning,
        _ => Parts.Tone.Quiet,
    };

    /// <summary>Why nothing is sent for now.</summary>
    public static string Text(this PauseReason? reason) => reason switch
    {
        PauseReason.Throttled => "it asked for a pause (429, 502, 503, 504 or Retry-After)",
        PauseReason.CircuitOpen => "its circuit is open: half of its recent attempts failed",
        _ => "after failed attempts",
    };

    public static string Text(this EndpointDisabledReason? reason) => reason switch
    {
        EndpointDisabledReason.Gone => "by the service: it answered 410 Gone",
        EndpointDisabledReason.Failing => "by the service: nothing got through for too long",
        _ => "by its owner",
    };
}
