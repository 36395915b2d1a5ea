namespace Webhooks.Core.Channels;

/// <summary>A channel's settings; those that its type does not have, and secrets, are null.</summary>
internal sealed record ChannelSettingsOut
{
    /// <summary>E-mail: the mail server.</summary>
    /// <example>null</example>
    public required string? Host { get; init; }

    /// <summary>E-mail: its port; null for the usual one.</summary>
    /// <example>null</example>
    public required int? Port { get; init; }

    /// <summary>E-mail: <c>startTls</c>, <c>tls</c> or <c>none</c>; null for <c>startTls</c>.</summary>
    /// <example>null</example>
    public required MailSecurity? Security { get; init; }

    /// <summary>E-mail: who logs in; null for nobody.</summary>
    /// <example>null</example>
    public required string? User { get; init; }

    /// <summary>E-mail: the sender.</summary>
    /// <example>null</example>
    public required string? From { get; init; }

    /// <summary>E-mail: who gets it.</summary>
    /// <example>null</example>
    public required List<string>? To { get; init; }

    /// <summary>Webhook: where it posts to. PagerDuty: where its Events API is; null for the usual address.</summary>
    /// <example>https://example.com/alerts</example>
    public required string? Url { get; init; }

    /// <summary>The names of the secrets that are set: <c>password</c>, <c>url</c>, <c>routingKey</c>, <c>secret</c>.</summary>
    /// <example>["secret"]</example>
    public required List<string> SecretsSet { get; init; }

    public static ChannelSettingsOut Of(ChannelType type, ChannelSettings settings) => new()
    {
        Host = settings.Host,
        Port = settings.Port,
        Security = settings.Security,
        User = settings.User,
        From = settings.From,
        To = settings.To,
        Url = ChannelSettingTypes.IsUrlSecret(type) ? null : settings.Url,
        SecretsSet = ChannelSettingTypes.SecretsSet(type, settings),
    };
}
