namespace Webhooks.Core.Deliveries.Sending;

/// <summary>What came of asking an endpoint's receipt URL.</summary>
/// <param name="Text">For people, 256 characters at most; it never quotes a body or a full URL.</param>
internal sealed record ReceiptFinding(ReceiptAnswer Answer, string Text)
{
    public static readonly ReceiptFinding Processed = new(
        ReceiptAnswer.Processed, "The subscriber's receipt says that it has the message; nothing was sent.");

    public static readonly ReceiptFinding NotProcessed = new(
        ReceiptAnswer.NotProcessed, "The subscriber's receipt says that it does not have the message (404).");

    /// <param name="why">A sentence.</param>
    public static ReceiptFinding NoAnswer(string why) => new(ReceiptAnswer.NoAnswer, why);
}
