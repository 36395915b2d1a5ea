using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Webhooks.Data.SqlServer;

/// <summary>A length of time as whole microseconds.</summary>
internal sealed class DurationConverter() : ValueConverter<TimeSpan, long>(
    duration => duration.Ticks / TimeSpan.TicksPerMicrosecond,
    microseconds => TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond));
