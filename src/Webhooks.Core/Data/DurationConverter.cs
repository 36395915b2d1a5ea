using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Webhooks.Core.Data;

/// <summary>A length of time as whole microseconds.</summary>
internal sealed class DurationConverter() : ValueConverter<TimeSpan, long>(
    duration => duration.Ticks / TimeSpan.TicksPerMicrosecond,
    microseconds => TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond));
