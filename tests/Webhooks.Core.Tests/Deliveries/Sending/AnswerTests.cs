using System.Text;
using Microsoft.AspNetCore.Http;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Core.Tests.Receivers;

namespace Webhooks.Core.Tests.Deliveries.Sending;

/// <summary>What the answers of an ordinary web server are taken for.</summary>
public sealed class AnswerTests : IDisposable
{
    private readonly SenderHarness _sender = new();

    public void Dispose() => _sender.Dispose();

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(204)]
    [InlineData(299)]
    public async Task Send_2xx_IsDelivered(int status)
    {
        await using var receiver = await KestrelReceiver.StartAsync(context => context.Response.StatusCode = status);

        var result = await _sender.SendAsync(receiver.Url);

        result.Outcome.ShouldBe(AttemptOutcome.Delivered);
        result.StatusCode.ShouldBe(status);
        result.ErrorCode.ShouldBeNull();
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(304)]
    [InlineData(307)]
    [InlineData(308)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Send_AnyOtherAnswer_IsRejectedAndNotFollowed(int status)
    {
        var requests = 0;
        await using var receiver = await KestrelReceiver.StartAsync(context =>
        {
            requests++;
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
        });

        var result = await _sender.SendAsync(receiver.Url);

        result.Outcome.ShouldBe(AttemptOutcome.Rejected);
        result.StatusCode.ShouldBe(status);
        result.ErrorCode.ShouldBe(AttemptErrorCodes.HttpStatus);
        requests.ShouldBe(1);
    }

    [Fact]
    public async Task Send_Answer_IsStoredWithHeadersAndBody()
    {
        await using var receiver = await KestrelReceiver.StartAsync(async context =>
        {
            context.Response.Headers["X-Two"] = new(["a", "b"]);
            await context.Response.WriteAsync("thanks");
        });

        var result = await _sender.SendAsync(receiver.Url);

        result.ResponseHeaders!.Split('\n').ShouldContain("X-Two: a");
        result.ResponseHeaders!.Split('\n').ShouldContain("X-Two: b");
        Encoding.UTF8.GetString(result.ResponseBody!).ShouldBe("thanks");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(16_384, 16_384)]
    [InlineData(16_385, 16_384)]
    [InlineData(300_000, 16_384)]
    public async Task Send_BodyOfAnySize_IsStoredUpToTheCap(int sent, int stored)
    {
        await using var receiver = await KestrelReceiver.StartAsync(context => context.Response.Body.WriteAsync(new byte[sent]).AsTask());

        var result = await _sender.SendAsync(receiver.Url);

        result.Outcome.ShouldBe(AttemptOutcome.Delivered);
        result.ResponseBody!.Length.ShouldBe(stored);
    }

    [Fact]
    public async Task Send_NoBodyIsToBeStored_IsDelivered()
    {
        using var sender = new SenderHarness(new DeliveryOptions { MaxResponseBodyBytes = 0 });
        await using var receiver = await KestrelReceiver.StartAsync(context => context.Response.WriteAsync("thanks"));

        (await sender.SendAsync(receiver.Url)).ResponseBody.ShouldBe([]);
    }

    [Fact]
    public async Task Send_CookieSet_IsNotSentBack()
    {
        var cookies = new List<string>();
        await using var receiver = await KestrelReceiver.StartAsync(context =>
        {
            cookies.Add(context.Request.Headers.Cookie.ToString());
            context.Response.Cookies.Append("session", "1");
        });

        await _sender.SendAsync(receiver.Url);
        await _sender.SendAsync(receiver.Url);

        cookies.ShouldBe(["", ""]);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Sun, 01 Mar 2026 12:02:00 GMT", 120)]
    [InlineData("999999", 86_400)]
    public async Task Send_RefusalWithRetryAfter_TellsTheWait(string retryAfter, int seconds)
    {
        await using var receiver = await KestrelReceiver.StartAsync(context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = retryAfter;
        });

        (await _sender.SendAsync(receiver.Url)).RetryAfter.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public async Task Send_AcceptedWithRetryAfter_TellsNone()
    {
        await using var receiver = await KestrelReceiver.StartAsync(context => context.Response.Headers.RetryAfter = "120");

        (await _sender.SendAsync(receiver.Url)).RetryAfter.ShouldBeNull();
    }
}
