using Webhooks.Core.Data.Ids;

namespace Webhooks.Core.ApiKeys;

/// <summary>Names an API key; says nothing about its secret.</summary>
internal readonly record struct ApiKeyId(UInt128 Value) : IEntityId<ApiKeyId>, IComparable<ApiKeyId>
{
    public static string Prefix => "key_";

    public static ApiKeyId From(UInt128 value) => new(value);

    public int CompareTo(ApiKeyId other) => Value.CompareTo(other.Value);

    public override string ToString() => IdText.Format(this);

    public static bool operator <(ApiKeyId left, ApiKeyId right) => left.Value < right.Value;
    public static bool operator >(ApiKeyId left, ApiKeyId right) => left.Value > right.Value;
    public static bool operator <=(ApiKeyId left, ApiKeyId right) => left.Value <= right.Value;
    public static bool operator >=(ApiKeyId left, ApiKeyId right) => left.Value >= right.Value;
}
