using Webhooks.Core.Channels;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.Settings.Channels;

/// <summary>What the pages say of channels.</summary>
internal static class ChannelTexts
{
    public static string Text(this ChannelType type) => type switch
    {
        ChannelType.Email => "E-mail",
        ChannelType.Slack => "Slack",
        ChannelType.Teams => "Microsoft Teams",
        ChannelType.PagerDuty => "PagerDuty",
        ChannelType.Webhook => "Signed webhook",
        _ => type.ToString(),
    };

    public static (Tone Tone, string Text) Health(this ChannelOut channel) => channel switch
    {
        { Disabled: true } => (Tone.Quiet, "Disabled"),
        { FailingSince: not null } => (Tone.Bad, "Fails"),
        { Settings: null } => (Tone.Bad, "Unreadable"),
        { SucceededAt: not null } => (Tone.Good, "Works"),
        _ => (Tone.Warning, "Not tried yet"),
    };
}
