using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Channels;

/// <summary>A channel's settings, all of them: what is left out gets its default. Only secrets that are left out stay.</summary>
internal sealed record ChannelUpdate : IBody<ChannelUpdate>
{
    public static readonly TextRule NameRule = new(1, 256, IsForPeople: true);

    /// <summary>What people call it.</summary>
    /// <example>On-call</example>
    public required string Name { get; init; }

    /// <summary>Whether nobody is told over it. What would have been told goes to the next step of the policy at once.</summary>
    /// <example>false</example>
    public bool Disabled { get; init; }

    /// <summary>The type's own settings.</summary>
    /// <example>{"url": "https://example.com/alerts", "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"}</example>
    public required ChannelSettingsIn Settings { get; init; }

    public static ChannelUpdate Read(ObjectReader body) => new()
    {
        Name = body.Text("name", NameRule),
        Disabled = body.Boolean("disabled", fallback: false),
        Settings = body.RequiredNested<ChannelSettingsIn>("settings") ?? new(),
    };
}
