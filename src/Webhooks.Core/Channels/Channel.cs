namespace Webhooks.Core.Channels;

/// <summary>A way to tell people, and how it fares.</summary>
internal sealed class Channel
{
    public required ChannelId Id { get; init; }
    public required string Name { get; set; }
    public required ChannelType Type { get; init; }

    /// <summary>Addresses and keys, as JSON, encrypted: what they are depends on the type.</summary>
    public required byte[] ProtectedSettings { get; set; }

    public bool Disabled { get; set; }

    /// <summary>When it last took a notification or a test; null for never.</summary>
    public DateTimeOffset? SucceededAt { get; set; }

    /// <summary>Since when it fails; null when its last use went well, or before the first.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    /// <summary>What went wrong, without any secret; null when it does not fail.</summary>
    public string? Error { get; set; }

    /// <summary>When it was last used or tried.</summary>
    public DateTimeOffset? CheckedAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
}
