using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Applications;

/// <summary>What to change of an application: what is left out stays, null clears.</summary>
internal sealed record ApplicationPatch : IBody<ApplicationPatch>
{
    /// <summary>What people call it.</summary>
    /// <example>Acme Corp.</example>
    public Optional<string> Name { get; init; }

    /// <summary>Your own id for it; null for none.</summary>
    /// <example>customer-4711</example>
    public Optional<string?> Uid { get; init; }

    /// <summary>Messages per second over all its endpoints, 1 to 65,535; null for no limit.</summary>
    /// <example>100</example>
    public Optional<int?> ThrottleRate { get; init; }

    /// <summary>Your own notes, replaced whole.</summary>
    /// <example>{"plan": "gold"}</example>
    public Optional<Dictionary<string, string>> Metadata { get; init; }

    public static ApplicationPatch Read(ObjectReader body)
    {
        ApplicationRules.Aliases(body);
        return new ApplicationPatch
        {
            Name = body.IfSent("name", ApplicationRules.Name),
            Uid = body.IfSent("uid", ApplicationRules.Uid),
            ThrottleRate = body.IfSent("throttleRate", ApplicationRules.ThrottleRate),
            Metadata = body.IfSent("metadata", ApplicationRules.Metadata),
        };
    }

    /// <summary>The application's settings as they are after the patch.</summary>
    public ApplicationIn ApplyTo(Application application) => new()
    {
        Name = Name.Or(application.Name),
        Uid = Uid.Or(application.Uid),
        ThrottleRate = ThrottleRate.Or(application.ThrottleRate),
        Metadata = Metadata.Or(application.Metadata),
    };
}
