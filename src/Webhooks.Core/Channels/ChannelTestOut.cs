namespace Webhooks.Core.Channels;

/// <summary>What a test of a channel showed.</summary>
internal sealed record ChannelTestOut
{
    /// <summary>Whether the channel took the test. What happens behind it is for a person to see.</summary>
    /// <example>true</example>
    public required bool Taken { get; init; }

    /// <summary>What went wrong; null when it was taken.</summary>
    /// <example>null</example>
    public required string? Error { get; init; }
}
