using System.Net;
using System.Net.Sockets;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Core.Tests.Receivers;

namespace Webhooks.Core.Tests.Deliveries.Sending;

/// <summary>What <see cref="AttemptContent"/> relies on in the runtime: a new one that behaves otherwise must fail here and not in production.</summary>
public sealed class HandlerContractTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    public async Task Handler_HeadersOfAnySize_WritesNothingBeforeItAsksForTheBody(int kilobytes)
    {
        await using var receiver = HostileReceiver.Start(Hostile.Answers(Hostile.Ok));
        CountingStream? connection = null;
        using var handler = new SocketsHttpHandler { UseProxy = false };
        handler.ConnectCallback = async (context, cancel) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(context.DnsEndPoint, cancel);
            return connection = new CountingStream(socket);
        };
        using var invoker = new HttpMessageInvoker(handler);
        var content = new AskedContent(() => connection!.Written);
        using var request = new HttpRequestMessage(HttpMethod.Post, receiver.Url) { Content = content };
        request.Headers.TryAddWithoutValidation("x-large", new string('x', kilobytes * 1024));

        using var response = await invoker.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        content.WrittenWhenAsked.ShouldBe(0);
    }

    private sealed class AskedContent(Func<long> written) : HttpContent
    {
        public long? WrittenWhenAsked { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            WrittenWhenAsked = written();
            return stream.WriteAsync("{}"u8.ToArray()).AsTask();
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 2;
            return true;
        }
    }

    private sealed class CountingStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
    {
        public long Written { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Written += buffer.Length;
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
