using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Tests.Deliveries;

/// <summary>When a subscriber is asked for a receipt, and what follows one.</summary>
public sealed class ReceiptDecisionTests
{
    private const string Url = "https://example.com/receipt";

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly IdGenerator Ids = new(TimeProvider.System);
    private static readonly AttemptResult Received = AttemptVerdicts.Received(ReceiptFinding.Processed, TimeSpan.FromMilliseconds(5));

    [Theory]
    [InlineData(2, 4, Url, Url)]
    [InlineData(2, 4, null, null)]
    [InlineData(2, 2, Url, null), InlineData(2, 3, Url, null)]
    [InlineData(1, null, Url, null)]
    [InlineData(1, 4, Url, null)] // what a person sends again
    public void ReceiptUrl_AttemptAfter_IsAskedAfterAnUnknownOutcomeOfTheSameDelivery(int number, int? prior, string? url, string? asked) =>
        Claimed(number, (AttemptOutcome?)prior, url).ReceiptUrl.ShouldBe(asked);

    [Fact]
    public void ReceiptUrl_RetryOfWhatAPersonSentAgain_IsNotAsked()
    {
        var delivery = Claimed(2, AttemptOutcome.Unknown, Url);

        (delivery with { Request = delivery.Request with { IsReplay = true } }).ReceiptUrl.ShouldBeNull();
    }

    [Fact]
    public void Decide_Receipt_IsDeliveredAndNoAnswerOfTheEndpoint()
    {
        var delivery = Claimed(2, AttemptOutcome.Unknown, Url);
        var row = AttemptRow.Of(delivery, Received, Ids.New<AttemptId>(), Now, new NodeName("node"));

        var record = new DeliveryDecision(new DeliveryOptions(), Now, jitter: 0.5, Ids).Decide(delivery, Received, row);

        (record.State, record.Attempts, record.Failures, record.LastOutcome)
            .ShouldBe((DeliveryState.Delivered, 2, 0, AttemptOutcome.Unknown));
        (record.Lane.Succeeded, record.Lane.Failed, record.Lane.Unanswered, record.Lane.Pause).ShouldBe((false, false, false, null));
        (row.Outcome, row.StatusCode, row.IsReceipt, row.ReceiptText)
            .ShouldBe((AttemptOutcome.Delivered, null, true, "The subscriber's receipt says that it has the message; nothing was sent."));
    }

    [Fact]
    public void Decide_SentAfterACheck_IsDecidedByItsAnswer()
    {
        var delivery = Claimed(2, AttemptOutcome.Unknown, Url);
        var sent = new AttemptResult { Outcome = AttemptOutcome.Delivered, StatusCode = 200, Receipt = ReceiptFinding.NotProcessed };

        var record = new DeliveryDecision(new DeliveryOptions(), Now, jitter: 0.5, Ids).Decide(delivery, sent, attempt: null);

        (record.State, record.LastOutcome, record.Lane.Succeeded).ShouldBe((DeliveryState.Delivered, AttemptOutcome.Delivered, true));
    }

    private static ClaimedDelivery Claimed(int number, AttemptOutcome? prior, string? receiptUrl) => new()
    {
        Request = new AttemptRequest(
            new DeliveryId(1), new MessageId(2), new EndpointId(3), number, prior, Sequence: 1, "https://example.com", [], null,
            "{}"u8.ToArray(), null),
        LeaseToken = [1],
        LeasedUntil = Now.AddMinutes(1),
        TriggerType = AttemptTrigger.Scheduled,
        Failures = 0,
        OwnFaults = 0,
        Policy = new RetryPolicy(null, UnknownOutcomePolicy.Resend, 10) { ReceiptUrl = receiptUrl },
    };
}
