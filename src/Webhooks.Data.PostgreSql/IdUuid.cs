using Webhooks.Core.Data.Ids;

namespace Webhooks.Data.PostgreSql;

/// <summary>
/// An id as a <c>uuid</c>. PostgreSQL compares a uuid's bytes from the left, as ids are compared; .NET's <see cref="Guid"/> must be filled
/// big-endian for that, which is not its default.
/// </summary>
internal static class IdUuid
{
    public static Guid ToUuid<TId>(this TId id) where TId : struct, IEntityId<TId> => new(id.ToBytes(), bigEndian: true);

    public static TId Read<TId>(Guid uuid) where TId : struct, IEntityId<TId>
    {
        Span<byte> bytes = stackalloc byte[16];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        return IdBytes.Read<TId>(bytes);
    }
}
