using System.Net;
using System.Net.Http.Headers;

namespace Webhooks.Core.Deliveries.Sending;

/// <summary>The payload, and the knowledge whether any byte of the request may have left.</summary>
/// <remarks>
/// HTTP/1.1: the handler collects the whole header section in memory and writes nothing before it asks the content for its bytes.
/// HTTP/2: once the HEADERS frame is queued, the content is asked next, whatever happens. So while it has not been asked, nothing left.
/// A test holds the handler to the first; the second follows from its order of calls.
/// </remarks>
internal sealed class AttemptContent : HttpContent
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly ReadOnlyMemory<byte> _payload;
    private bool _isAskedFor;

    public AttemptContent(ReadOnlyMemory<byte> payload)
    {
        _payload = payload;
        Headers.ContentType = Json;
    }

    /// <summary>False is proof: the subscriber cannot have received anything. True is no proof of the opposite.</summary>
    public bool BytesMayHaveLeft => Volatile.Read(ref _isAskedFor);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _isAskedFor, true);
        return stream.WriteAsync(_payload, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _payload.Length;
        return true;
    }
}
