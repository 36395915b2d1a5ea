using System.Buffers;
using System.Text;

namespace Webhooks.Protocol;

/// <summary>
/// The exact bytes that are signed: <c>{id}.{timestamp}.{body}</c> (Standard Webhooks, "Signature scheme"). Composed once, in a pooled
/// buffer, for all the secrets that sign it, because Ed25519 needs it in one piece. Dispose it once; do not use it after.
/// </summary>
public readonly ref struct SignedContent : IDisposable
{
    private const int TimestampMaxLength = 20;

    private readonly byte[] _buffer;

    private SignedContent(byte[] buffer, int length)
    {
        _buffer = buffer;
        Bytes = buffer.AsSpan(0, length);
    }

    /// <summary>The content, valid until disposal.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Composes the content.</summary>
    /// <param name="id">The message's id.</param>
    /// <param name="timestamp">When the attempt is signed; fractions of a second are cut off.</param>
    /// <param name="body">The request's body, byte for byte.</param>
    /// <exception cref="ArgumentException">
    /// The id is empty, or has a full stop: that would let one signature fit another id, timestamp and body.
    /// </exception>
    public static SignedContent Compose(string id, DateTimeOffset timestamp, ReadOnlySpan<byte> body)
    {
        if (!IsSignable(id))
            throw new ArgumentException("A message id that is signed must not be empty and must not contain a full stop.", nameof(id));

        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(id.Length) + TimestampMaxLength + 2 + body.Length);
        var length = Encoding.UTF8.GetBytes(id, buffer);
        buffer[length++] = (byte)'.';
        timestamp.ToUnixTimeSeconds().TryFormat(buffer.AsSpan(length), out var written, provider: null);
        length += written;
        buffer[length++] = (byte)'.';
        body.CopyTo(buffer.AsSpan(length));
        return new SignedContent(buffer, length + body.Length);
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        if (_buffer is not null)
            ArrayPool<byte>.Shared.Return(_buffer);
    }

    internal static bool IsSignable(string id) => id.Length > 0 && !id.Contains('.', StringComparison.Ordinal);
}
