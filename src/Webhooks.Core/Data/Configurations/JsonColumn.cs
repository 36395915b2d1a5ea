using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Webhooks.Core.Data.Configurations;

/// <summary>A small value kept as JSON text in one column: never queried into, read and written whole.</summary>
internal static class JsonColumn
{
    public static PropertyBuilder<T> AsJson<T>(this PropertyBuilder<T> property) => property.HasConversion(
        value => Write(value),
        text => JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Default)!,
        new ValueComparer<T>(
            (left, right) => Write(left) == Write(right),
            value => Write(value).GetHashCode(StringComparison.Ordinal),
            value => JsonSerializer.Deserialize<T>(Write(value), JsonSerializerOptions.Default)!));

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Default);
}
