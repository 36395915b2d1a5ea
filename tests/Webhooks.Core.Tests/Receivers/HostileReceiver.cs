using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Webhooks.Core.Tests.Receivers;

/// <summary>A subscriber at the level of TCP, which does what no HTTP server would let it do.</summary>
internal sealed class HostileReceiver : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Func<HostileConnection, Task> _behaviour;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<RawRequest> _requests = Channel.CreateUnbounded<RawRequest>();
    private readonly Task _accepting;
    private int _connections;

    private HostileReceiver(IPEndPoint at, Func<HostileConnection, Task> behaviour)
    {
        _behaviour = behaviour;
        _listener = new TcpListener(at);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Listens on a free loopback port; every connection gets the behaviour, and is closed after it.</summary>
    public static HostileReceiver Start(Func<HostileConnection, Task> behaviour) => new(new IPEndPoint(IPAddress.Loopback, 0), behaviour);

    public static HostileReceiver Start(IPEndPoint at, Func<HostileConnection, Task> behaviour) => new(at, behaviour);

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"http://{_listener.LocalEndpoint}/hook";

    /// <summary>How many connections came in.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The next request that a connection has read whole.</summary>
    public ValueTask<RawRequest> NextRequestAsync(CancellationToken cancellationToken) => _requests.Reader.ReadAsync(cancellationToken);

    public bool HasUnseenRequest => _requests.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                serving.Add(ServeAsync(new HostileConnection(socket, _requests.Writer, _stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(HostileConnection connection)
    {
        using (connection)
        {
            try
            {
                await _behaviour(connection);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The sender left, or the test is over.
            }
        }
    }
}
