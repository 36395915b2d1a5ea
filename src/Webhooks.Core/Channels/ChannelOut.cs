namespace Webhooks.Core.Channels;

/// <summary>A channel and how it fares.</summary>
internal sealed record ChannelOut
{
    /// <summary>Its id.</summary>
    public required ChannelId Id { get; init; }

    /// <summary>What people call it.</summary>
    /// <example>On-call</example>
    public required string Name { get; init; }

    /// <summary><c>email</c>, <c>slack</c>, <c>teams</c>, <c>pagerDuty</c> or <c>webhook</c>.</summary>
    /// <example>webhook</example>
    public required ChannelType Type { get; init; }

    /// <summary>Whether nobody is told over it.</summary>
    /// <example>false</example>
    public required bool Disabled { get; init; }

    /// <summary>Its settings without the secrets; null when they can't be decrypted any more and have to be set anew.</summary>
    public required ChannelSettingsOut? Settings { get; init; }

    /// <summary>When it last took a message; null for never.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset? SucceededAt { get; init; }

    /// <summary>Since when it fails; null when it does not.</summary>
    /// <example>null</example>
    public required DateTimeOffset? FailingSince { get; init; }

    /// <summary>What went wrong last; null when it does not fail.</summary>
    /// <example>null</example>
    public required string? Error { get; init; }

    /// <summary>When it was last used or checked; null for not since it was made or changed.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset? CheckedAt { get; init; }

    /// <summary>When it was made.</summary>
    /// <example>2026-01-31T11:00:00.000000Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    /// <example>2026-01-31T11:00:00.000000Z</example>
    public required DateTimeOffset UpdatedAt { get; init; }

    public static ChannelOut Of(Channel channel, ChannelVault vault) => new()
    {
        Id = channel.Id,
        Name = channel.Name,
        Type = channel.Type,
        Disabled = channel.Disabled,
        Settings = vault.Read(channel.ProtectedSettings) is { } settings ? ChannelSettingsOut.Of(channel.Type, settings) : null,
        SucceededAt = channel.SucceededAt,
        FailingSince = channel.FailingSince,
        Error = channel.Error,
        CheckedAt = channel.CheckedAt,
        CreatedAt = channel.CreatedAt,
        UpdatedAt = channel.UpdatedAt,
    };
}
