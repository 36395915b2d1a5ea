namespace Webhooks.Core.Channels;

/// <summary>What a channel needs to reach people, as it is kept: JSON, encrypted. Which of these are set depends on the type.</summary>
internal sealed record ChannelSettings
{
    public static readonly ChannelSettings None = new();

    public string? Host { get; init; }
    public int? Port { get; init; }
    public MailSecurity? Security { get; init; }
    public string? User { get; init; }
    public string? Password { get; init; }
    public string? From { get; init; }
    public List<string>? To { get; init; }
    public string? Url { get; init; }
    public string? RoutingKey { get; init; }
    public string? Secret { get; init; }
}
