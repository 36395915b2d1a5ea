using System.Buffers.Binary;

namespace Webhooks.Core.Data.Ids;

/// <summary>An id as the 16 big-endian bytes that are stored: they compare as the ids do.</summary>
internal static class IdBytes
{
    public static byte[] ToBytes<TId>(this TId id) where TId : struct, IEntityId<TId>
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, id.Value);
        return bytes;
    }

    public static TId Read<TId>(ReadOnlySpan<byte> bytes) where TId : struct, IEntityId<TId> =>
        TId.From(BinaryPrimitives.ReadUInt128BigEndian(bytes));
}
