using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.DataProtection;
using Webhooks.Core.Channels;
using Webhooks.Core.Notifications;
using Webhooks.Core.Security;
using Webhooks.Core.Tests.Notifications;
using Webhooks.Core.Tests.Receivers;

namespace Webhooks.Core.Tests.Channels;

public sealed class ChannelTellerTests : IDisposable
{
    private readonly ChannelHarness _channels = new();

    public void Dispose() => _channels.Dispose();

    [Fact]
    public async Task Send_FailsTwiceInPassing_IsTakenAtTheThirdTry()
    {
        await using var receiver = await HttpReceiver.StartAsync((context, number) =>
        {
            context.Response.StatusCode = number < 3 ? 503 : 200;
            return Task.CompletedTask;
        });

        var answer = await _channels.PassTimeAsync(SlackAsync(receiver.Address));

        (answer.IsTaken, receiver.Requests.Count).ShouldBe((true, 3));
    }

    [Fact]
    public async Task Send_RefusedForGood_IsTriedOnce()
    {
        await using var receiver = await HttpReceiver.AnsweringAsync(404, "no_service");

        var answer = await SlackAsync(receiver.Address);

        (answer.MayPass, answer.Error, receiver.Requests.Count).ShouldBe((false, "It answered 404: no_service", 1));
    }

    [Fact]
    public async Task Send_WantsToBeLeftInPeaceForLonger_IsNotTriedAtOnce()
    {
        await using var receiver = await HttpReceiver.AnsweringAsync(429, "slow", retryAfter: "60");

        var answer = await SlackAsync(receiver.Address);

        (answer.MayPass, answer.RetryAfter, receiver.Requests.Count).ShouldBe((true, TimeSpan.FromMinutes(1), 1));
    }

    [Fact]
    public async Task Send_AnswerRepeatsTheSecret_IsNotQuoted()
    {
        await using var receiver = await HttpReceiver.StartAsync(async (context, _) =>
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync("bad key: r0utingKey", TestContext.Current.CancellationToken);
        });

        var answer = await _channels.SendAsync(
            ChannelType.PagerDuty, new ChannelSettings { Url = receiver.Address, RoutingKey = "r0utingKey" }, Told.Test());

        answer.Error.ShouldBe("It answered 400.");
    }

    [Fact]
    public async Task Send_ReceiverHangs_IsGivenUpInTime()
    {
        await using var receiver = HostileReceiver.Start(Hostile.HangsAfterReading);

        var answer = await _channels.PassTimeAsync(SlackAsync(receiver.Url));

        (answer.MayPass, answer.Error).ShouldBe((true, "There was no answer within 10 seconds."));
    }

    // Its time is the network's own, not the test's clock: far shorter than that of the whole try.
    [Fact]
    public async Task Send_HandshakeHangs_IsAFailureThatMayPassAndNoCancellation()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var channels = new ChannelHarness(connectTimeout: TimeSpan.FromMilliseconds(20));

        var answer = await channels.PassTimeAsync(
            channels.SendAsync(ChannelType.Slack, new ChannelSettings { Url = $"https://{silent.LocalEndpoint}/hook" }, Told.Test()));

        (answer.MayPass, answer.Error).ShouldBe((true, "No connection was established in time; nothing was sent."));
    }

    [Fact]
    public async Task Send_Redirect_IsNotFollowed()
    {
        await using var elsewhere = await HttpReceiver.StartAsync();
        await using var receiver = await HttpReceiver.StartAsync((context, _) =>
        {
            context.Response.Redirect(elsewhere.Address);
            return Task.CompletedTask;
        });

        (await SlackAsync(receiver.Address)).Error.ShouldBe("It answered 302.");

        elsewhere.Requests.ShouldBeEmpty();
    }

    // The name is right, and where it leads to is not: what a channel's address resolves to is judged when it is connected to.
    [Fact]
    public async Task Send_NameOfThisMachineThatIsNotOpened_IsBlocked()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        using var guarded = new ChannelHarness(new NotificationOptions { AllowPlaintext = true });

        var answer = await guarded.PassTimeAsync(guarded.SendAsync(
            ChannelType.Slack, new ChannelSettings { Url = receiver.Address.Replace("127.0.0.1", "chat.test", StringComparison.Ordinal) }, Told.Test()));

        answer.Error.ShouldNotBeNull().ShouldContain("only addresses that this service does not deliver to");
        receiver.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_TlsOfACompanysOwn_IsTakenWhereItsAuthorityIsTrusted()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue();
        await using var receiver = await KestrelReceiver.StartAsync(_ => Task.CompletedTask, certificate);
        using var trusting = new ChannelHarness(ChannelHarness.Open(authority.PemFile));

        (await trusting.SendAsync(ChannelType.Slack, new ChannelSettings { Url = receiver.Url }, Told.Test())).IsTaken.ShouldBeTrue();
        (await _channels.PassTimeAsync(SlackAsync(receiver.Url))).Error.ShouldNotBeNull().ShouldStartWith("The TLS handshake failed");
    }

    [Fact]
    public async Task Send_SettingsOfAnotherKeyRing_IsRefusedWithWhatToDo()
    {
        var other = new ChannelVault(new SecretProtectors(new EphemeralDataProtectionProvider()));
        var channel = _channels.Channel(ChannelType.Slack, new ChannelSettings());
        channel.ProtectedSettings = other.Protect(new ChannelSettings { Url = "https://example.com" });

        var answer = await _channels.SendAsync(channel, Told.Test());

        answer.MayPass.ShouldBeFalse();
        answer.Error.ShouldNotBeNull().ShouldContain("can't be decrypted");
    }

    private Task<Core.Channels.Sending.ChannelAnswer> SlackAsync(string url) =>
        _channels.SendAsync(ChannelType.Slack, new ChannelSettings { Url = url }, Told.Test());
}
