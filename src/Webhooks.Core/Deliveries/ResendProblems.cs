using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Deliveries;

/// <summary>Why a message can't be sent to an endpoint again.</summary>
internal static class ResendProblems
{
    /// <returns>Null when the endpoint takes deliveries.</returns>
    public static Problem? Find(bool isDisabled, bool isPaused)
    {
        if (isDisabled)
            return ApiProblems.BadRequest(
                "endpoint_disabled",
                "The endpoint is disabled, so nothing can be sent to it. Enable it, and what it holds is delivered too.");

        return isPaused
            ? ApiProblems.BadRequest(
                "endpoint_paused", "The endpoint is paused, so nothing can be sent to it. Resume it, and what it holds is delivered too.")
            : null;
    }

    public static Problem EndpointDeleted() => ApiProblems.BadRequest(
        "endpoint_deleted", "The endpoint was deleted by its owner, so nothing can be sent to it any more.");

    public static Problem MissingPayload() => ApiProblems.BadRequest(
        "missing_payload", "The message's payload has expired or was expunged, so there is nothing left to send.");
}
