using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Webhooks.Core.Data;

namespace Webhooks.Data.SqlServer;

/// <summary>A time as whole microseconds since 1970 (UTC).</summary>
internal sealed class MicrosecondsConverter() : ValueConverter<DateTimeOffset, long>(
    time => time.ToUnixMicroseconds(),
    microseconds => UnixMicroseconds.ToTime(microseconds));
