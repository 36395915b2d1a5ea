namespace Webhooks.Core.Channels;

/// <summary>The wire's words for types of channels.</summary>
internal static class ChannelWords
{
    public static readonly (string Word, ChannelType Type)[] Types =
    [
        ("email", ChannelType.Email),
        ("slack", ChannelType.Slack),
        ("teams", ChannelType.Teams),
        ("pagerDuty", ChannelType.PagerDuty),
        ("webhook", ChannelType.Webhook),
    ];

    public static string Of(ChannelType type) => Types.First(pair => pair.Type == type).Word;
}
