using Webhooks.Core.Deliveries;
using Webhooks.Server.Dashboard.Attempts;

namespace Webhooks.Dashboard.Tests.Attempts;

public sealed class AttemptTextsTests
{
    private static readonly MessageAttemptOut Answered = new()
    {
        Id = new AttemptId(1),
        MsgId = new(2),
        EndpointId = new(3),
        DeliveryId = new(4),
        Url = "https://example.com",
        Timestamp = DateTimeOffset.UnixEpoch,
        Status = 0,
        StatusText = MessageStatus.Success,
        TriggerType = 0,
        ResponseStatusCode = 204,
        Response = "",
        ResponseHeaders = [],
        ResponseDurationMs = 5,
        Durations = new(null, null, null, null, 5),
        Outcome = AttemptOutcome.Delivered,
        Number = 2,
        ErrorCode = null,
        ErrorText = null,
        Node = "node",
        State = null,
        NextAttempt = null,
        ReceiptCheck = null,
    };

    [Fact]
    public void Text_Answered_TellsTheStatus() => Answered.Text().ShouldBe("Delivered, answered 204");

    [Fact]
    public void Text_SubscribersReceipt_IsNotCalledAnAnswer()
    {
        var received = Answered with { ResponseStatusCode = 0, ReceiptCheck = new(ReceiptAnswer.Processed, null) };

        received.Text().ShouldBe("Not sent again: the subscriber's receipt says that it has it");
    }

    [Fact]
    public void Text_NoAnswerCame_SaysThatItMayHaveArrived() =>
        (Answered with { Outcome = AttemptOutcome.Unknown, ResponseStatusCode = 0, ErrorCode = "timeout" }).Text().ShouldEndWith("may have arrived");
}
