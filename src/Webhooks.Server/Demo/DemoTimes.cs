namespace Webhooks.Server.Demo;

/// <summary>The lengths that the demonstration is made of.</summary>
internal static class DemoTimes
{
    public static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>How long before its end the first application came: the week itself is only the part with traffic.</summary>
    public static readonly TimeSpan Before = TimeSpan.FromDays(35);

    /// <summary>How long before its end a channel is removed over which people were told.</summary>
    public static readonly TimeSpan ChannelRemoved = TimeSpan.FromHours(62);
}
