using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Applications;

/// <summary>An application to create.</summary>
internal sealed record ApplicationIn : IBody<ApplicationIn>
{
    /// <summary>What people call it.</summary>
    /// <example>Acme Corp.</example>
    public required string Name { get; init; }

    /// <summary>
    /// Your own id for it, unique; usable wherever its id is. Letters, digits, <c>- _ .</c>; not starting with <c>app_</c>.
    /// </summary>
    /// <example>customer-4711</example>
    public string? Uid { get; init; }

    /// <summary>Messages per second over all its endpoints, 1 to 65,535; null for no limit. Paced, never dropped.</summary>
    /// <example>100</example>
    public int? ThrottleRate { get; init; }

    /// <summary>Your own notes: strings, 4,096 bytes of JSON at most.</summary>
    /// <example>{"plan": "gold"}</example>
    public Dictionary<string, string> Metadata { get; init; } = [];

    public static ApplicationIn Read(ObjectReader body)
    {
        ApplicationRules.Aliases(body);
        return new ApplicationIn
        {
            Name = ApplicationRules.Name(body),
            Uid = ApplicationRules.Uid(body),
            ThrottleRate = ApplicationRules.ThrottleRate(body),
            Metadata = ApplicationRules.Metadata(body),
        };
    }
}
