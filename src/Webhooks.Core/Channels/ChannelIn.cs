using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Channels;

/// <summary>A channel to make: a way to tell people of incidents.</summary>
internal sealed record ChannelIn : IBody<ChannelIn>
{
    /// <summary>What people call it.</summary>
    /// <example>On-call</example>
    public required string Name { get; init; }

    /// <summary><c>email</c>, <c>slack</c>, <c>teams</c>, <c>pagerDuty</c> or <c>webhook</c>. It can't be changed later.</summary>
    /// <example>webhook</example>
    public required ChannelType Type { get; init; }

    /// <summary>Whether nobody is told over it. What would have been told goes to the next step of the policy at once.</summary>
    /// <example>false</example>
    public bool Disabled { get; init; }

    /// <summary>The type's own settings.</summary>
    /// <example>{"url": "https://example.com/alerts", "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"}</example>
    public required ChannelSettingsIn Settings { get; init; }

    public static ChannelIn Read(ObjectReader body) => new()
    {
        Name = body.Text("name", ChannelUpdate.NameRule),
        Type = body.OneOf("type", ChannelWords.Types),
        Disabled = body.Boolean("disabled", fallback: false),
        Settings = body.RequiredNested<ChannelSettingsIn>("settings") ?? new(),
    };
}
