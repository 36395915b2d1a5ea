using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Core.Tests.Receivers;

namespace Webhooks.Core.Tests.Deliveries.Sending;

public sealed class TlsTests : IDisposable
{
    private readonly X509Certificate2 _certificate = TestCertificate.Create();

    public void Dispose() => _certificate.Dispose();

    [Fact]
    public async Task Send_ReceiverOffersHttp2_IsDeliveredOverItOnOneConnection()
    {
        var seen = new List<(string Protocol, string Connection)>();
        await using var receiver = await KestrelReceiver.StartAsync(async context =>
        {
            seen.Add((context.Request.Protocol, context.Connection.Id));
            await context.Response.WriteAsync(await new StreamReader(context.Request.Body).ReadToEndAsync());
        }, _certificate);
        using var sender = new SenderHarness(tls: TestCertificate.TrustIn(_certificate));

        var first = await sender.SendAsync(receiver.Url);
        var second = await sender.SendAsync(receiver.Url);

        (first.Outcome, second.Outcome).ShouldBe((AttemptOutcome.Delivered, AttemptOutcome.Delivered));
        first.ResponseBody.ShouldBe("{\"a\": 1}"u8.ToArray());
        seen[0].Protocol.ShouldBe("HTTP/2");
        seen[1].ShouldBe(seen[0]);
    }

    [Fact]
    public async Task Send_NewTlsConnection_TellsEachPhase()
    {
        await using var receiver = await KestrelReceiver.StartAsync(_ => Task.CompletedTask, _certificate);
        using var sender = new SenderHarness(tls: TestCertificate.TrustIn(_certificate));

        var timings = (await sender.SendAsync(receiver.Url.Replace("127.0.0.1", "subscriber.test", StringComparison.Ordinal))).Timings;

        timings.Dns.ShouldNotBeNull();
        timings.Connect.ShouldNotBeNull();
        timings.Tls.ShouldNotBeNull();
        timings.FirstByte.ShouldNotBeNull();
    }

    [Fact]
    public async Task Send_Http2StreamIsReset_IsUnknown()
    {
        await using var receiver = await KestrelReceiver.StartAsync(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Abort();
        }, _certificate);
        using var sender = new SenderHarness(tls: TestCertificate.TrustIn(_certificate));

        (await sender.SendAsync(receiver.Url)).Outcome.ShouldBe(AttemptOutcome.Unknown);
    }

    [Fact]
    public async Task Send_CertificateIsNotTrusted_IsNotSent()
    {
        var requests = 0;
        await using var receiver = await KestrelReceiver.StartAsync(_ => Task.FromResult(requests++), _certificate);
        using var sender = new SenderHarness();

        var result = await sender.SendAsync(receiver.Url);

        result.Outcome.ShouldBe(AttemptOutcome.NotSent);
        result.ErrorCode.ShouldBe(AttemptErrorCodes.Tls);
        requests.ShouldBe(0);
    }

    [Fact]
    public async Task Send_ReceiverDoesNotSpeakTls_IsNotSent()
    {
        await using var receiver = HostileReceiver.Start(async connection =>
        {
            await connection.BytesArrivedAsync();
            await connection.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n");
            await connection.HangAsync();
        });
        using var sender = new SenderHarness();

        ShouldBeTls(await sender.SendAsync($"https://127.0.0.1:{receiver.Port}/"));
    }

    [Fact]
    public async Task Send_ReceiverResetsInTheHandshake_IsNotSent()
    {
        await using var receiver = HostileReceiver.Start(Hostile.ResetsBeforeReading);
        using var sender = new SenderHarness();

        ShouldBeTls(await sender.SendAsync($"https://127.0.0.1:{receiver.Port}/"));
        receiver.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task Send_HandshakeHangs_IsNotSentInTime()
    {
        await using var receiver = HostileReceiver.Start(connection => connection.HangAsync());
        using var sender = new SenderHarness(new DeliveryOptions { ConnectTimeout = TimeSpan.FromMilliseconds(100) });

        var result = await sender.SendAsync($"https://127.0.0.1:{receiver.Port}/");

        result.Outcome.ShouldBe(AttemptOutcome.NotSent);
        result.ErrorCode.ShouldBe(AttemptErrorCodes.Timeout);
    }

    private static void ShouldBeTls(AttemptResult result)
    {
        result.Outcome.ShouldBe(AttemptOutcome.NotSent);
        result.ErrorCode.ShouldBe(AttemptErrorCodes.Tls);
    }
}
