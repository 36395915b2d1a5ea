using System.Diagnostics;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using Webhooks.Core.Notifications;
using Webhooks.Core.Notifications.Texts;

namespace Webhooks.Core.Channels.Sending;

/// <summary>
/// A mail server, by SMTP. Each message has a connection of its own: there are few, and a broken one must not cost the next.
/// </summary>
internal sealed class EmailSender(TrustedAuthorities authorities, IOptions<NotificationOptions> options) : IChannelSender
{
    public ChannelType Type => ChannelType.Email;

    public bool Gathers => true;

    public bool ChecksUnseen => true;

    // Some ten round trips, and servers that take their time over strangers.
    public TimeSpan Timeout => TimeSpan.FromSeconds(20);

    public Task<ChannelAnswer> SendAsync(ChannelSettings settings, NoticeMessage message, CancellationToken cancellationToken) =>
        SayAsync(
            settings,
            async client =>
            {
                using var mail = MailMessage.Of(settings, message);
                await client.SendAsync(mail, cancellationToken);
            },
            cancellationToken);

    /// <summary>Connects, logs in and says nothing: whether the recipients would be taken shows only when something is sent.</summary>
    public Task<ChannelAnswer> CheckAsync(ChannelSettings settings, NoticeMessage heartbeat, CancellationToken cancellationToken) =>
        SayAsync(settings, client => client.NoOpAsync(cancellationToken), cancellationToken);

    private async Task<ChannelAnswer> SayAsync(ChannelSettings settings, Func<SmtpClient, Task> say, CancellationToken cancellationToken)
    {
        // The deployment may have come to be stricter since the settings were given.
        if (settings.Security is MailSecurity.None && !options.Value.AllowPlaintext)
            return ChannelAnswer.Refused("This deployment sends nothing in the clear; the channel's security must be startTls or tls.");

        using var client = new SmtpClient
        {
            ServerCertificateValidationCallback = authorities.IsTrusted,
            CheckCertificateRevocation = false, // as for deliveries: an authority that can't be asked must not keep an alarm back
        };
        try
        {
            var (port, security) = Connection(settings);
            await client.ConnectAsync(settings.Host!, port, security, cancellationToken);
            if (settings.User is { } user)
                await client.AuthenticateAsync(user, settings.Password!, cancellationToken);
            await say(client);
        }
        catch (Exception fault) when (MailFault.Explain(fault) is { } answer)
        {
            return answer;
        }

        await LeaveAsync(client, cancellationToken);
        return ChannelAnswer.Taken;
    }

    private static (int Port, SecureSocketOptions Security) Connection(ChannelSettings settings) => settings.Security switch
    {
        null or MailSecurity.StartTls => (settings.Port ?? 587, SecureSocketOptions.StartTls),
        MailSecurity.Tls => (settings.Port ?? 465, SecureSocketOptions.SslOnConnect),
        MailSecurity.None => (settings.Port ?? 25, SecureSocketOptions.None),
        _ => throw new UnreachableException(),
    };

    // What was said has been taken; that the farewell fails changes nothing.
    private static async Task LeaveAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception fault) when (MailFault.Explain(fault) is not null || fault is OperationCanceledException)
        {
        }
    }
}
