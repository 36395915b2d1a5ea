namespace Webhooks.Core.Channels.Sending;

/// <summary>What telling a channel showed.</summary>
/// <param name="Error">What went wrong, in words and without any secret; null when it was taken.</param>
/// <param name="MayPass">Whether the same may be taken later: nobody has to change anything for that.</param>
/// <param name="RetryAfter">How long the channel wants to be left in peace; null when it does not say.</param>
internal sealed record ChannelAnswer(string? Error, bool MayPass, TimeSpan? RetryAfter = null)
{
    public static readonly ChannelAnswer Taken = new(null, MayPass: false);

    public bool IsTaken => Error is null;

    /// <summary>It will not be taken before somebody has changed something.</summary>
    public static ChannelAnswer Refused(string error) => new(error, MayPass: false);

    /// <summary>It was not taken this time.</summary>
    public static ChannelAnswer Failed(string error, TimeSpan? retryAfter = null) => new(error, MayPass: true, retryAfter);
}
