using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;

namespace Webhooks.Server.Dashboard.DeadLetters;

/// <summary>What was tried for a dead letter.</summary>
internal static class LastAttemptTexts
{
    /// <summary>The last attempt in words.</summary>
    public static string Text(this DeadLetterAttemptOut attempt)
    {
        var what = attempt.Outcome switch
        {
            AttemptOutcome.Delivered => $"was answered {attempt.ResponseStatusCode}",
            AttemptOutcome.Rejected => $"was refused with {attempt.ResponseStatusCode}",
            AttemptOutcome.NotSent => "did not get out",
            _ => "was sent, and no answer came: it may have arrived",
        };
        return $"Attempt {attempt.Number} {what}.{(attempt.ErrorText is { } error ? $" {error}" : "")}";
    }
}
