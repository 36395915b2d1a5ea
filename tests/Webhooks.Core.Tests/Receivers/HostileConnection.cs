using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Webhooks.Core.Tests.Receivers;

/// <summary>One accepted connection of a <see cref="HostileReceiver"/>, for its behaviour to misuse.</summary>
internal sealed class HostileConnection(Socket socket, ChannelWriter<RawRequest> requests, CancellationToken stop) : IDisposable
{
    private readonly NetworkStream _stream = new(socket, ownsSocket: true);

    /// <summary>Waits until bytes have arrived, and leaves them unread.</summary>
    public async Task BytesArrivedAsync() => await socket.ReceiveAsync(Memory<byte>.Empty, stop);

    /// <summary>Reads one request, its body by Content-Length.</summary>
    /// <exception cref="IOException">The sender closed the connection before.</exception>
    public async Task<RawRequest> ReadRequestAsync()
    {
        var head = await ReadHeadAsync();
        var request = new RawRequest(head, new byte[int.Parse(RawRequest.HeaderOf(head, "content-length") ?? "0")]);
        await _stream.ReadExactlyAsync(request.Body, stop);
        await requests.WriteAsync(request, stop);
        return request;
    }

    public async Task WriteAsync(string text) => await _stream.WriteAsync(Encoding.Latin1.GetBytes(text), stop);

    /// <summary>Ends the connection in order: a FIN after all that was written.</summary>
    public void Close() => _stream.Dispose();

    /// <summary>Breaks the connection: an RST, and whatever was under way is lost.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        _stream.Dispose();
    }

    public Task HangAsync() => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);

    public void Dispose() => _stream.Dispose();

    private async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!(head.Length > 3 && head.ToString(head.Length - 4, 4) == "\r\n\r\n"))
        {
            await _stream.ReadExactlyAsync(one, stop);
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
