using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Webhooks.EndToEndTests.ManyNodes;

/// <summary>The line between one node and the database. While it is cut nothing passes, and neither side is told.</summary>
internal sealed class DatabaseLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Socket> _sockets = [];
    private readonly string _host;
    private readonly int _port;
    private readonly Task _accepting;
    private volatile TaskCompletionSource _whole = NewSource();

    public DatabaseLine(string connectionString)
    {
        _listener.Start();
        _whole.SetResult();
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = $"line-{Guid.NewGuid():n}" };
        (Name, _host, _port) = (settings.ApplicationName, settings.Host!, settings.Port);
        (settings.Host, settings.Port) = ("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);
        ConnectionString = settings.ConnectionString;
        _accepting = AcceptAsync();
    }

    public string ConnectionString { get; }

    /// <summary>What the database's sessions over this line are called.</summary>
    public string Name { get; }

    public void Cut() => _whole = NewSource();

    /// <summary>What was sent meanwhile arrives now, as TCP would have it.</summary>
    public void Heal() => _whole.TrySetResult();

    /// <summary>What was sent meanwhile is lost, and so are the connections; new ones pass.</summary>
    public void Break()
    {
        foreach (var socket in _sockets)
            Close(socket);
        Heal();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(ForwardAsync(await _listener.AcceptSocketAsync(_stopping.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ForwardAsync(Socket node)
    {
        using var database = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (node)
        {
            node.NoDelay = true;
            _sockets.Add(node);
            try
            {
                await _whole.Task.WaitAsync(_stopping.Token);
                await database.ConnectAsync(_host, _port, _stopping.Token);
            }
            catch (Exception fault) when (fault is SocketException or OperationCanceledException)
            {
                return;
            }

            _sockets.Add(database);
            await Task.WhenAll(PassAsync(node, database), PassAsync(database, node));
        }
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        var buffer = new byte[65_536];
        try
        {
            int length;
            do
            {
                length = await from.ReceiveAsync(buffer, _stopping.Token);
                await _whole.Task.WaitAsync(_stopping.Token);
                await to.SendAsync(buffer.AsMemory(0, length), _stopping.Token);
            }
            while (length > 0);
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
        }

        Close(to);
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static void Close(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }
    }
}
