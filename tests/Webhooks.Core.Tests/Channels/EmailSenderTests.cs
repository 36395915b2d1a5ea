using Webhooks.Core.Channels;
using Webhooks.Core.Tests.Notifications;
using Webhooks.Core.Tests.Receivers;

namespace Webhooks.Core.Tests.Channels;

public sealed class EmailSenderTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Send_OverTls_LogsInAndIsTaken(bool isTlsFromTheStart)
    {
        using var certificate = _authority.Issue();
        await using var server = SmtpReceiver.Start(certificate, isTlsFromTheStart);
        using var channels = new ChannelHarness(ChannelHarness.Open(_authority.PemFile));
        var settings = Settings(server) with
        {
            Security = isTlsFromTheStart ? MailSecurity.Tls : null, User = SmtpSession.User, Password = SmtpSession.Password,
        };

        var answer = await channels.SendAsync(ChannelType.Email, settings, Told.Message(Told.Notice()));

        answer.Error.ShouldBeNull();
        server.Commands.Where(said => said.Command.StartsWith("AUTH", StringComparison.Ordinal)).ShouldAllBe(said => said.IsSecure);
        server.Commands.Select(said => said.Command).ShouldContain("RCPT TO:<on-call@example.com>");
        server.Commands.Select(said => said.Command).ShouldContain("RCPT TO:<boss@example.com>");
        server.Mails.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Send_Incident_HasBothFormsAndHeadersThatKeepOrder()
    {
        await using var server = SmtpReceiver.Start();
        using var channels = new ChannelHarness();

        await channels.SendAsync(ChannelType.Email, Settings(server) with { Security = MailSecurity.None }, Told.Message(Told.Notice()));

        var mail = MimeKit.MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(server.Mails.Single())), TestContext.Current.CancellationToken);
        mail.Subject.ShouldBe("Acme Corp. → api.example.com:8443: the subscriber refuses deliveries");
        mail.From.ToString().ShouldBe("\"Webhooks\" <alerts@example.com>");
        (mail.MessageId, mail.References.Single()).ShouldBe(("ntf_1@example.com", $"{Told.Incident().Id}@example.com"));
        mail.Headers["Auto-Submitted"].ShouldBe("auto-generated");
        mail.TextBody.ShouldNotBeNull().ShouldContain("Acknowledge: https://webhooks.test/ack/t0ken?a=1&b=2");
        mail.HtmlBody.ShouldNotBeNull().ShouldContain("<a href=\"https://webhooks.test/ack/t0ken?a=1&amp;b=2\">Acknowledge</a>");
    }

    [Fact]
    public async Task Send_AuthorityNobodyTrusts_IsNotTaken()
    {
        using var certificate = _authority.Issue();
        await using var server = SmtpReceiver.Start(certificate);
        using var channels = new ChannelHarness(ChannelHarness.Open());

        var answer = await channels.PassTimeAsync(channels.SendAsync(ChannelType.Email, Settings(server), Told.Test()));

        answer.Error.ShouldNotBeNull().ShouldStartWith("TLS with the mail server failed");
        server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_CertificateForAnotherName_IsNotTakenThoughItsAuthorityIsTrusted()
    {
        using var certificate = _authority.Issue("mail.example.com");
        await using var server = SmtpReceiver.Start(certificate);
        using var channels = new ChannelHarness(ChannelHarness.Open(_authority.PemFile));

        var answer = await channels.PassTimeAsync(channels.SendAsync(ChannelType.Email, Settings(server), Told.Test()));

        answer.Error.ShouldNotBeNull().ShouldStartWith("TLS with the mail server failed");
    }

    [Fact]
    public async Task Send_ServerWithoutStartTls_SaysNothingInTheClear()
    {
        await using var server = SmtpReceiver.Start();
        using var channels = new ChannelHarness();

        var answer = await channels.SendAsync(
            ChannelType.Email, Settings(server) with { User = SmtpSession.User, Password = SmtpSession.Password }, Told.Test());

        (answer.IsTaken, answer.MayPass).ShouldBe((false, false));
        server.Commands.ShouldNotContain(said => said.Command.StartsWith("AUTH", StringComparison.Ordinal) || said.Command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_WrongPassword_IsRefusedForGoodAndNotQuoted()
    {
        await using var server = SmtpReceiver.Start();
        using var channels = new ChannelHarness();

        var answer = await channels.SendAsync(
            ChannelType.Email, Settings(server) with { Security = MailSecurity.None, User = SmtpSession.User, Password = "wr0ng-one" }, Told.Test());

        answer.MayPass.ShouldBeFalse();
        answer.Error.ShouldBe("The mail server refused the user or the password.");
    }

    [Theory]
    [InlineData("550 5.1.1 No such user", false)]
    [InlineData("451 4.7.1 Come again", true)]
    public async Task Send_RecipientRefused_MayPassAsTheServerSays(string reply, bool mayPass)
    {
        await using var server = SmtpReceiver.Start(
            answer: command => command.StartsWith("RCPT", StringComparison.Ordinal) ? reply : null);
        using var channels = new ChannelHarness();

        var answer = await channels.PassTimeAsync(
            channels.SendAsync(ChannelType.Email, Settings(server) with { Security = MailSecurity.None }, Told.Test()));

        answer.MayPass.ShouldBe(mayPass);
        answer.Error.ShouldNotBeNull().ShouldStartWith($"The mail server answered {reply[..3]}: ");
    }

    [Fact]
    public async Task Check_ServerThatWorks_LogsInAndSendsNothing()
    {
        await using var server = SmtpReceiver.Start();
        using var channels = new ChannelHarness();
        var settings = Settings(server) with { Security = MailSecurity.None, User = SmtpSession.User, Password = SmtpSession.Password };

        (await channels.CheckAsync(ChannelType.Email, settings)).IsTaken.ShouldBeTrue();

        var said = server.Commands.Select(command => command.Command.Split(' ')[0]).ToList();
        said.ShouldContain("AUTH");
        said.ShouldContain("NOOP");
        said.ShouldNotContain("MAIL");
    }

    [Fact]
    public async Task Send_NothingListens_MayPass()
    {
        int port;
        await using (var server = SmtpReceiver.Start())
            port = server.Port;
        using var channels = new ChannelHarness();

        var answer = await channels.PassTimeAsync(
            channels.SendAsync(ChannelType.Email, new ChannelSettings { Host = "127.0.0.1", Port = port, From = "a@b.c", To = ["d@e.f"] }, Told.Test()));

        (answer.MayPass, answer.Error).ShouldBe((true, "The mail server could not be reached (ConnectionRefused)."));
    }

    private static ChannelSettings Settings(SmtpReceiver server) => new()
    {
        Host = "127.0.0.1", Port = server.Port, From = "Webhooks <alerts@example.com>", To = ["on-call@example.com", "Boss <boss@example.com>"],
    };
}
