namespace Webhooks.Server.Dashboard.Settings.Escalation;

/// <summary>Times of escalation as people say them.</summary>
internal static class EscalationTexts
{
    private const int Hour = 60;
    private const int Day = 24 * Hour;

    public static string When(int afterMinutes) => afterMinutes == 0 ? "At once" : $"After {Length(afterMinutes)}";

    /// <summary>In the largest unit that says it exactly.</summary>
    public static string Length(int minutes) => minutes switch
    {
        > 0 when minutes % Day == 0 => $"{minutes / Day} d",
        > 0 when minutes % Hour == 0 => $"{minutes / Hour} h",
        _ => $"{minutes} min",
    };
}
