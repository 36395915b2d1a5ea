using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Server.Dashboard.Attempts;

namespace Webhooks.Dashboard.Tests.Attempts;

public sealed class SentHeadersTests
{
    private static readonly EndpointHeadersOut Own = new() { Headers = new() { ["x-tenant"] = "acme" }, Sensitive = ["authorization"] };

    private static readonly SentRequest First = new()
    {
        MessageId = "msg_1", Number = 1, Sequence = 7, PayloadBytes = 12, StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_999),
        Version = "1.2.3", TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", OwnHeaders = Own, IsSigner = true, Signature = "v1,abc=",
    };

    [Fact]
    public void Of_FirstAttempt_TellsWhatFollowsFromWhatIsStored()
    {
        var headers = SentHeaders.Of(First).ToDictionary(h => h.Name, h => h.Value);

        (headers["webhook-id"], headers["idempotency-key"], headers["content-length"]).ShouldBe(("msg_1", "msg_1", "12"));
        (headers["webhook-attempt"], headers["webhook-sequence"]).ShouldBe(("1", "7"));
        (headers["webhook-timestamp"], headers["webhook-signature"]).ShouldBe(("1700000000", "v1,abc="));
        (headers["user-agent"], headers["x-tenant"], headers["authorization"]).ShouldBe(("Webhooks/1.2.3", "acme", null));
        headers["webhook-prior-outcome"].ShouldBe("none");
        headers.ShouldNotContainKey("webhook-replay");
    }

    [Fact]
    public void Of_Traced_TellsTheTraceAndNotItsSpan()
    {
        var header = Header(First, "traceparent");

        header.Value.ShouldBeNull();
        header.Note.ShouldStartWith("trace 4bf92f3577b34da6a3ce929d0e0e4736");
    }

    [Fact]
    public void Of_SignatureForAViewer_IsNotTold()
    {
        var header = Header(First with { IsSigner = false, Signature = null }, "webhook-signature");

        header.Value.ShouldBeNull();
        header.Note.ShouldBe("not kept; operators see it made again");
    }

    [Fact]
    public void Of_LostWorker_DoesNotInventItsTime() => Value(First with { StartedAt = null, Signature = null }, "webhook-timestamp").ShouldBeNull();

    [Fact]
    public void Of_EndpointChangedSince_SaysThatItsHeadersAreOfNow() =>
        Header(First with { IsEndpointChanged = true }, "x-tenant").Note.ShouldBe("as the endpoint has it now: it was changed since");

    [Fact]
    public void Of_EndpointNotChangedSince_TellsItsHeadersAsSent() => Header(First, "x-tenant").Note.ShouldBeNull();

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

    private static string? Value(SentRequest request, string name) => Header(request, name).Value;

    private static SentHeader Header(SentRequest request, string name) => SentHeaders.Of(request).Single(h => h.Name == name);
}
