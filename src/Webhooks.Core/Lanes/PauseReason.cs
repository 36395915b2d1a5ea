namespace Webhooks.Core.Lanes;

/// <summary>Why a lane is paused.</summary>
internal enum PauseReason
{
    /// <summary>The endpoint answered 429, 502, 503 or 504, or sent Retry-After.</summary>
    Throttled = 1,

    /// <summary>Its circuit is open: half of its recent attempts failed.</summary>
    CircuitOpen = 2,
}
