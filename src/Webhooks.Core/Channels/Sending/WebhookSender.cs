using Webhooks.Core.Notifications.Texts;
using Webhooks.Core.Security.Signing;
using Webhooks.Protocol;

namespace Webhooks.Core.Channels.Sending;

/// <summary>Any address, by a message that is signed as deliveries are (Standard Webhooks), with a secret of its own.</summary>
internal sealed class WebhookSender(ChannelHttp http, TimeProvider clock) : IChannelSender
{
    public ChannelType Type => ChannelType.Webhook;

    public bool Gathers => true;

    // A program gets it, which knows it by its type.
    public bool ChecksUnseen => true;

    public TimeSpan Timeout => ChannelHttp.Timeout;

    public Task<ChannelAnswer> SendAsync(ChannelSettings settings, NoticeMessage message, CancellationToken cancellationToken)
    {
        if (!SigningSecrets.TryParse(settings.Secret, out var secret, out _))
            throw new FormatException("A stored signing secret can't be read.");

        var body = WebhookEvent.Of(message);
        var now = clock.GetUtcNow();
        return http.PostAsync(
            new Uri(settings.Url!), body, [settings.Secret!], cancellationToken,
            new(WebhookHeaders.Id, message.Id),
            new(WebhookHeaders.Timestamp, WebhookTimestamp.Format(now)),
            new(WebhookHeaders.Signature, new EndpointSigner([secret]).Sign(message.Id, now, body)),
            new(WebhookHeaders.IdempotencyKey, message.Id));
    }

    public Task<ChannelAnswer> CheckAsync(ChannelSettings settings, NoticeMessage heartbeat, CancellationToken cancellationToken) =>
        SendAsync(settings, heartbeat, cancellationToken);
}
