using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Polling;

/// <summary>A place in an endpoint's lane, as clients get it and send it back: opaque, and good for that endpoint only.</summary>
/// <param name="Sequence">All up to here was read; 0 for the beginning.</param>
internal readonly record struct PollIterator(EndpointId Endpoint, long Sequence)
{
    private const int IdLength = 16;
    private const int Length = IdLength + sizeof(long);
    private const int TextLength = Length / 3 * 4;

    public static bool TryParse(string text, out PollIterator iterator)
    {
        iterator = default;
        Span<byte> bytes = stackalloc byte[Length];
        if (text.Length != TextLength
            || Base64Url.DecodeFromChars(text, bytes, out _, out var written) is not OperationStatus.Done
            || written != Length)
            return false;

        iterator = new(IdBytes.Read<EndpointId>(bytes[..IdLength]), BinaryPrimitives.ReadInt64BigEndian(bytes[IdLength..]));
        return iterator.Sequence >= 0;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        Endpoint.ToBytes().CopyTo(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes[IdLength..], Sequence);
        return Base64Url.EncodeToString(bytes);
    }
}
