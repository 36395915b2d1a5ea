using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Webhooks.Core.Notifications.Texts;

namespace Webhooks.Core.Channels.Sending;

/// <summary>What a mail server's refusal, or its silence, means.</summary>
internal static class MailFault
{
    private const int MaxQuoted = 200;

    /// <summary>Null for what is no fault of the server or the way to it.</summary>
    public static ChannelAnswer? Explain(Exception fault) => fault switch
    {
        SmtpCommandException refusal => Refusal(refusal),
        AuthenticationException { InnerException: SmtpCommandException { StatusCode: < SmtpStatusCode.CommandUnrecognized } } =>
            ChannelAnswer.Failed("The mail server can't check the password just now."),
        AuthenticationException => ChannelAnswer.Refused("The mail server refused the user or the password."),
        SslHandshakeException => ChannelAnswer.Failed(
            "TLS with the mail server failed: its certificate is not trusted or is for another name, or it does not speak TLS at this "
            + "port."),
        NotSupportedException => ChannelAnswer.Refused("The mail server does not offer what the settings ask for: STARTTLS, or a login."),
        SmtpProtocolException or ServiceNotConnectedException or IOException =>
            ChannelAnswer.Failed("The connection to the mail server broke."),
        SocketException broken => ChannelAnswer.Failed($"The mail server could not be reached ({broken.SocketErrorCode})."),
        _ => null,
    };

    // 4xx passes, 5xx stays: RFC 5321, section 4.2.1.
    private static ChannelAnswer Refusal(SmtpCommandException refusal)
    {
        var error = $"The mail server answered {(int)refusal.StatusCode}: {OneLine.Of(refusal.Message, MaxQuoted)}";
        return (int)refusal.StatusCode >= 500 ? ChannelAnswer.Refused(error) : ChannelAnswer.Failed(error);
    }
}
