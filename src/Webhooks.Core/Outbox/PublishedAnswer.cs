using System.Buffers.Binary;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Outbox;

/// <summary>
/// What an idempotency record keeps of accepted messages: id and time, 24 bytes for each place. All else of the answer is in the request,
/// which by its hash is the same.
/// </summary>
internal static class PublishedAnswer
{
    public const int StatusCode = 202;

    /// <summary>Marks the record of a batch (207, Multi-Status): no other request is remembered with it.</summary>
    public const int BatchStatusCode = 207;

    private const int Length = 24;

    /// <param name="messages">By place; null where a message of a batch was refused.</param>
    public static byte[] Write(IReadOnlyList<AcceptedMessage?> messages)
    {
        var bytes = new byte[messages.Count * Length];
        foreach (var (index, message) in messages.Index())
        {
            var place = bytes.AsSpan(index * Length, Length);
            BinaryPrimitives.WriteUInt128BigEndian(place, message?.Id.Value ?? 0);
            BinaryPrimitives.WriteInt64BigEndian(place[16..], message?.CreatedAt.ToUnixMicroseconds() ?? 0);
        }

        return bytes;
    }

    /// <returns>Null when the record is of something else.</returns>
    public static IReadOnlyList<AcceptedMessage?>? Read(int statusCode, ReadOnlySpan<byte> answer)
    {
        var isOne = statusCode == StatusCode && answer.Length == Length;
        var isBatch = statusCode == BatchStatusCode && answer.Length > 0 && answer.Length % Length == 0;
        if (!isOne && !isBatch)
            return null;

        var messages = new AcceptedMessage?[answer.Length / Length];
        for (var i = 0; i < messages.Length; i++)
            messages[i] = ReadOne(answer.Slice(i * Length, Length));
        return messages;
    }

    private static AcceptedMessage? ReadOne(ReadOnlySpan<byte> place)
    {
        var id = IdBytes.Read<MessageId>(place[..16]);
        return id.Value == 0 ? null : new AcceptedMessage(id, UnixMicroseconds.ToTime(BinaryPrimitives.ReadInt64BigEndian(place[16..])));
    }
}
