using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;

namespace Webhooks.Data.ComplianceTests.Stores;

/// <summary>What attempts show.</summary>
internal static class Answers
{
    public static readonly AttemptResult Ok = new() { Outcome = AttemptOutcome.Delivered, StatusCode = 200 };
    public static readonly AttemptResult NotSent = new() { Outcome = AttemptOutcome.NotSent, ErrorCode = "dns", ErrorText = "No such host." };
    public static readonly AttemptResult Unknown = new() { Outcome = AttemptOutcome.Unknown, ErrorCode = "timeout", ErrorText = "No answer." };

    /// <summary>The subscriber's receipt says that it has it; nothing was sent.</summary>
    public static readonly AttemptResult Received = AttemptVerdicts.Received(ReceiptFinding.Processed, TimeSpan.FromMilliseconds(3));

    public static readonly AttemptResult Shutdown = new() { Outcome = null, OurFault = true, ErrorCode = AttemptErrorCodes.Shutdown };

    public static AttemptResult Status(int code, TimeSpan? retryAfter = null) =>
        new() { Outcome = AttemptOutcome.Rejected, StatusCode = code, RetryAfter = retryAfter, ErrorCode = "rejected", ErrorText = "Refused." };
}
