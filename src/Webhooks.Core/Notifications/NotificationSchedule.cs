namespace Webhooks.Core.Notifications;

/// <summary>When a channel that could not be told is tried again. Pure.</summary>
internal static class NotificationSchedule
{
    /// <summary>How often a notification is tried.</summary>
    public const int MaxAttempts = 5;

    // Four waits, each twice the one before: 1 + 2 + 4 + 8.
    private const int Parts = (1 << (MaxAttempts - 1)) - 1;

    /// <param name="attempts">How often it was tried, 1 or more.</param>
    /// <param name="giveUpAfter">What all waits make together.</param>
    /// <returns>Null when it is given up.</returns>
    public static TimeSpan? WaitAfter(int attempts, TimeSpan giveUpAfter) =>
        attempts >= MaxAttempts ? null : giveUpAfter * (1 << (attempts - 1)) / Parts;
}
