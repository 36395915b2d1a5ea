using Webhooks.Core.Deliveries;
using Webhooks.Server.Dashboard.Attempts;

namespace Webhooks.Dashboard.Tests.Attempts;

public sealed class SentHeadersTests
{
    private static readonly SentRequest First = new() { MessageId = "msg_1", Number = 1, Sequence = 7, PayloadBytes = 12 };

    [Fact]
    public void Of_FirstAttempt_TellsWhatFollowsFromWhatIsStored()
    {
        var headers = SentHeaders.Of(First).ToDictionary(h => h.Name, h => h.Value);

        (headers["webhook-id"], headers["idempotency-key"], headers["content-length"]).ShouldBe(("msg_1", "msg_1", "12"));
        (headers["webhook-attempt"], headers["webhook-sequence"]).ShouldBe(("1", "7"));
        headers["webhook-prior-outcome"].ShouldBe("none");
        headers.ShouldNotContainKey("webhook-replay");
    }

    [Theory]
    [InlineData("webhook-signature")]
    [InlineData("webhook-timestamp")]
    public void Of_WhatIsNotKept_IsNamedWithoutAValue(string name)
    {
        var header = SentHeaders.Of(First).Single(h => h.Name == name);

        header.Value.ShouldBeNull();
        header.Note.ShouldStartWith("not kept");
    }

    [Fact]
    public void Of_Retry_TellsWhatTheAttemptBeforeShowed() =>
        Value(First with { Number = 2, Prior = AttemptOutcome.NotSent }, "webhook-prior-outcome").ShouldBe("not-sent");

    [Fact]
    public void Of_ResendsFirstAttempt_DoesNotInventWhatWasBefore()
    {
        var resend = First with { IsReplay = true };

        Value(resend, "webhook-prior-outcome").ShouldBeNull();
        Value(resend, "webhook-replay").ShouldBe("true");
    }

    private static string? Value(SentRequest request, string name) => SentHeaders.Of(request).Single(h => h.Name == name).Value;
}
