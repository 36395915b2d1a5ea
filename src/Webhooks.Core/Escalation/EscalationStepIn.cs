using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Escalation;

/// <summary>A step of an escalation policy.</summary>
internal sealed record EscalationStepIn : IBody<EscalationStepIn>
{
    private static readonly TextRule ChannelRule = new(1, 64);

    /// <summary>
    /// How long after the incident was opened, if nobody has acknowledged it: 0 to 10,080 minutes, more than the step before.
    /// </summary>
    /// <example>15</example>
    public required int AfterMinutes { get; init; }

    /// <summary>The channels that are told then: 1 to 20 different ids.</summary>
    /// <example>["chan_00000000000000000000000007"]</example>
    public required List<string> Channels { get; init; }

    public static EscalationStepIn Read(ObjectReader body) => new()
    {
        AfterMinutes = body.Integer("afterMinutes", 0, EscalationPolicyUpdate.MaxMinutes),
        Channels = body.Texts("channels", ChannelRule, 1, 20),
    };
}
