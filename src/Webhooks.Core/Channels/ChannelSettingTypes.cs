using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Channels;

/// <summary>Which settings each type has, which of them it needs, and which are secret.</summary>
internal static class ChannelSettingTypes
{
    private static readonly ChannelType[] Addressed = [ChannelType.Slack, ChannelType.Teams, ChannelType.Webhook];
    private static readonly ChannelType[] Email = [ChannelType.Email];
    private static readonly ChannelType[] PagerDuty = [ChannelType.PagerDuty];

    private static readonly Setting[] All =
    [
        new("host", settings => settings.Host) { NeededBy = Email },
        new("port", settings => settings.Port) { OptionalFor = Email },
        new("security", settings => settings.Security) { OptionalFor = Email },
        new("user", settings => settings.User) { OptionalFor = Email },
        new("password", settings => settings.Password) { OptionalFor = Email, SecretFor = Email },
        new("from", settings => settings.From) { NeededBy = Email },
        new("to", settings => settings.To) { NeededBy = Email },
        new("url", settings => settings.Url)
        {
            NeededBy = Addressed, OptionalFor = PagerDuty, SecretFor = [ChannelType.Slack, ChannelType.Teams],
        },
        new("routingKey", settings => settings.RoutingKey) { NeededBy = PagerDuty, SecretFor = PagerDuty },
        new("secret", settings => settings.Secret) { NeededBy = [ChannelType.Webhook], SecretFor = [ChannelType.Webhook] },
    ];

    /// <summary>All that is wrong with settings whose values are right by themselves.</summary>
    public static List<ValidationErrorItem> FindFaults(ChannelType type, ChannelSettings settings)
    {
        var faults = new List<ValidationErrorItem>();
        foreach (var setting in All)
        {
            var isSet = setting.Of(settings) is not null;
            if (!isSet && setting.NeededBy.Contains(type))
                faults.Add(At(setting.Name, $"Is required for a channel of type {ChannelWords.Of(type)}."));
            else if (isSet && !setting.NeededBy.Contains(type) && !setting.OptionalFor.Contains(type))
                faults.Add(At(setting.Name, $"Is no setting of a channel of type {ChannelWords.Of(type)}. Leave it out."));
        }

        if (type == ChannelType.Email && settings.User is null != settings.Password is null)
            faults.Add(At("password", "Must be given with 'user', and only then."));
        return faults;
    }

    /// <summary>Only what is secret: a change that leaves it out means that it stays.</summary>
    public static ChannelSettings SecretsOf(ChannelType type, ChannelSettings settings) => new()
    {
        Password = settings.Password,
        RoutingKey = settings.RoutingKey,
        Secret = settings.Secret,
        Url = IsUrlSecret(type) ? settings.Url : null,
    };

    /// <summary>The names of the secrets that are set.</summary>
    public static List<string> SecretsSet(ChannelType type, ChannelSettings settings) =>
        [.. All.Where(setting => setting.SecretFor.Contains(type) && setting.Of(settings) is not null).Select(setting => setting.Name)];

    /// <summary>Whether the address alone lets anybody post.</summary>
    public static bool IsUrlSecret(ChannelType type) => type is ChannelType.Slack or ChannelType.Teams;

    private static ValidationErrorItem At(string setting, string message) => new(["body", "settings", setting], message);

    private sealed record Setting(string Name, Func<ChannelSettings, object?> Of)
    {
        public ChannelType[] NeededBy { get; init; } = [];
        public ChannelType[] OptionalFor { get; init; } = [];
        public ChannelType[] SecretFor { get; init; } = [];
    }
}
