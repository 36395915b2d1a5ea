using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Channels;

/// <summary>What to change of a channel: what is left out stays, null clears.</summary>
internal sealed record ChannelPatch : IBody<ChannelPatch>
{
    /// <summary>What people call it.</summary>
    /// <example>On-call</example>
    public Optional<string> Name { get; init; }

    /// <summary>Whether nobody is told over it.</summary>
    /// <example>true</example>
    public Optional<bool> Disabled { get; init; }

    /// <summary>The type's own settings, one by one: those that are left out stay.</summary>
    /// <example>{"url": "https://example.com/alerts"}</example>
    public ChannelSettingsIn? Settings { get; init; }

    public static ChannelPatch Read(ObjectReader body) => new()
    {
        Name = body.IfSent("name", b => b.Text("name", ChannelUpdate.NameRule)),
        Disabled = body.IfSent("disabled", b => b.Boolean("disabled", fallback: false)),
        Settings = body.Nested<ChannelSettingsIn>("settings"),
    };
}
