using System.Buffers.Binary;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Outbox;

/// <summary>
/// What an idempotency record keeps of an accepted message: its id and time, 24 bytes. All else of the answer is in the request,
/// which by its hash is the same.
/// </summary>
internal static class PublishedAnswer
{
    public const int StatusCode = 202;
    private const int Length = 24;

    public static byte[] Write(MessageId id, DateTimeOffset createdAt)
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, id.Value);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), createdAt.ToUnixMicroseconds());
        return bytes;
    }

    public static AcceptedMessage? Read(int statusCode, ReadOnlySpan<byte> answer) =>
        statusCode == StatusCode && answer.Length == Length
            ? new AcceptedMessage(IdBytes.Read<MessageId>(answer[..16]), UnixMicroseconds.ToTime(BinaryPrimitives.ReadInt64BigEndian(answer[16..])))
            : null;
}
