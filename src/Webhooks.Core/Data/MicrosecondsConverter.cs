using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Webhooks.Core.Data;

/// <summary>A time as whole microseconds since 1970 (UTC).</summary>
internal sealed class MicrosecondsConverter() : ValueConverter<DateTimeOffset, long>(
    time => time.ToUnixMicroseconds(),
    microseconds => UnixMicroseconds.ToTime(microseconds));
