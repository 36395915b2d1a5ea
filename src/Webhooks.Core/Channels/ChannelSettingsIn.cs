using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Channels;

/// <summary>
/// What a channel needs to reach people; each type has its own settings. Secrets are never shown again, and stay as they are where a change
/// leaves them out.
/// </summary>
internal sealed record ChannelSettingsIn : IBody<ChannelSettingsIn>
{
    /// <summary>E-mail, required: the mail server's name or address.</summary>
    /// <example>smtp.example.com</example>
    public Optional<string?> Host { get; init; }

    /// <summary>E-mail: its port; null for the usual one (587 with startTls, 465 with tls, 25 with none).</summary>
    /// <example>587</example>
    public Optional<int?> Port { get; init; }

    /// <summary>
    /// E-mail: <c>startTls</c> (the default; it must succeed), <c>tls</c> from the first byte, or <c>none</c> where this deployment allows
    /// it.
    /// </summary>
    /// <example>startTls</example>
    public Optional<MailSecurity?> Security { get; init; }

    /// <summary>E-mail: who logs in; null for nobody.</summary>
    /// <example>alerts@example.com</example>
    public Optional<string?> User { get; init; }

    /// <summary>E-mail: the password; with <c>user</c>, and only then. Never shown again.</summary>
    /// <example>null</example>
    public Optional<string?> Password { get; init; }

    /// <summary>E-mail, required: the sender.</summary>
    /// <example>Webhooks &lt;alerts@example.com&gt;</example>
    public Optional<string?> From { get; init; }

    /// <summary>E-mail, required: who gets it, 1 to 50 addresses.</summary>
    /// <example>["on-call@example.com"]</example>
    public Optional<List<string>?> To { get; init; }

    /// <summary>
    /// Slack, Teams and webhook, required: the address to post to; of Slack and Teams a secret, never shown again. PagerDuty: where its
    /// Events API is; null for <c>https://events.pagerduty.com</c>.
    /// </summary>
    /// <example>https://example.com/alerts</example>
    public Optional<string?> Url { get; init; }

    /// <summary>PagerDuty, required: the integration key of a service's Events API v2. Never shown again.</summary>
    /// <example>null</example>
    public Optional<string?> RoutingKey { get; init; }

    /// <summary>
    /// Webhook, required: what messages are signed with: <c>whsec_</c> and base64 of 24 to 75 bytes, or <c>whsk_</c> and base64 of an
    /// Ed25519 seed and public key. Never shown again.
    /// </summary>
    /// <example>whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD</example>
    public Optional<string?> Secret { get; init; }

    public static ChannelSettingsIn Read(ObjectReader body) => new()
    {
        Host = body.IfSent("host", ChannelSettingRules.Host),
        Port = body.IfSent("port", b => b.OptionalInteger("port", 1, ushort.MaxValue)),
        Security = body.IfSent("security", ChannelSettingRules.Security),
        User = body.IfSent("user", b => b.OptionalText("user", new TextRule(1, 256))),
        Password = body.IfSent("password", b => b.OptionalText("password", new TextRule(1, 1_024))),
        From = body.IfSent("from", ChannelSettingRules.From),
        To = body.IfSent("to", ChannelSettingRules.To),
        Url = body.IfSent("url", ChannelSettingRules.Url),
        RoutingKey = body.IfSent("routingKey", b => b.OptionalText("routingKey", new TextRule(1, 128, IsWord: true))),
        Secret = body.IfSent("secret", ChannelSettingRules.Secret),
    };

    /// <summary>The settings as they are after the change.</summary>
    public ChannelSettings ApplyTo(ChannelSettings settings) => new()
    {
        Host = Host.Or(settings.Host),
        Port = Port.Or(settings.Port),
        Security = Security.Or(settings.Security),
        User = User.Or(settings.User),
        Password = Password.Or(settings.Password),
        From = From.Or(settings.From),
        To = To.Or(settings.To),
        Url = Url.Or(settings.Url),
        RoutingKey = RoutingKey.Or(settings.RoutingKey),
        Secret = Secret.Or(settings.Secret),
    };
}
