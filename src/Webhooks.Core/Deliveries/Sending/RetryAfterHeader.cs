using System.Globalization;
using System.Net.Http.Headers;

namespace Webhooks.Core.Deliveries.Sending;

/// <summary>Reads Retry-After: seconds or an HTTP date (RFC 9110, section 10.2.3).</summary>
internal static class RetryAfterHeader
{
    /// <summary>Nobody gets to park a delivery for longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <returns>0 to 24 hours (a date that has passed is 0, a number of any length counts as its value); null when the text is neither form.</returns>
    public static TimeSpan? Parse(string? text, DateTimeOffset now)
    {
        var value = text.AsSpan().Trim(" \t");
        if (value.IsEmpty)
            return null;
        if (!value.ContainsAnyExceptInRange('0', '9'))
            return Clamp(uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : Longest);

        return RetryConditionHeaderValue.TryParse(text, out var condition) && condition.Date is { } date ? Clamp(date - now) : null;
    }

    private static TimeSpan Clamp(TimeSpan wait) =>
        wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;
}
