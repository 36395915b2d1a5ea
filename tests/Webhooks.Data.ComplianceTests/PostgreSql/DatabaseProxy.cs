using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Webhooks.Data.ComplianceTests.PostgreSql;

/// <summary>What becomes of the next commit that a <see cref="DatabaseProxy"/> sees.</summary>
internal enum CommitFate
{
    /// <summary>It takes place and is answered.</summary>
    Answered,

    /// <summary>The connection breaks before it reaches the server.</summary>
    NeverArrives,

    /// <summary>It takes place, and then the connection breaks.</summary>
    AnswerIsLost,

    /// <summary>It reaches the server, and the connection breaks before the server is done.</summary>
    CutOffMeanwhile,
}

/// <summary>Stands between a node and the server: counts round trips, and breaks connections at the worst moment.</summary>
internal sealed class DatabaseProxy : IAsyncDisposable
{
    private static readonly byte[] Sync = [(byte)'S', 0, 0, 0, 4];
    private static readonly byte[] DoneOutsideTransaction = [(byte)'Z', 0, 0, 0, 5, (byte)'I']; // ReadyForQuery, idle

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly string _host;
    private readonly int _port;
    private readonly Task _accepting;
    private readonly ConcurrentBag<Socket> _clients = [];
    private volatile bool _isAway;
    private int _roundTrips;
    private int _fate;

    public DatabaseProxy(string connectionString)
    {
        _listener.Start();
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        (_host, _port) = (settings.Host!, settings.Port);
        (settings.Host, settings.Port) = ("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);
        ConnectionString = settings.ConnectionString;
        _accepting = AcceptAsync();
    }

    public string ConnectionString { get; }

    /// <summary>How often a client has asked and waited for the answer.</summary>
    public int RoundTrips => Volatile.Read(ref _roundTrips);

    public void NextCommit(CommitFate fate) => Volatile.Write(ref _fate, (int)fate);

    /// <summary>From now on the server is away: connections break, and so do new ones.</summary>
    public void GoAway()
    {
        _isAway = true;
        foreach (var client in _clients)
            Close(client);
    }

    public void ComeBack() => _isAway = false;

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

    private async Task ForwardAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (client)
        {
            if (_isAway)
                return;

            client.NoDelay = true;
            _clients.Add(client);
            await server.ConnectAsync(_host, _port, _stopping.Token);
            await new Connection(this, client, server).RunAsync(_stopping.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stopping.Dispose();
    }

    private static void Close(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
        }
    }

    private sealed class Connection(DatabaseProxy proxy, Socket client, Socket server)
    {
        private CommitFate _fate;

        public Task RunAsync(CancellationToken stopping) => Task.WhenAll(
            PumpAsync(client, AskAsync, stopping), PumpAsync(server, AnswerAsync, stopping));

        private async Task PumpAsync(Socket from, Func<ReadOnlyMemory<byte>, Task> pass, CancellationToken stopping)
        {
            var buffer = new byte[65_536];
            try
            {
                while (await from.ReceiveAsync(buffer, stopping) is > 0 and var length)
                    await pass(buffer.AsMemory(0, length));
            }
            catch (Exception fault) when (fault is SocketException or OperationCanceledException or ObjectDisposedException)
            {
            }

            Close(from == client ? server : client);
        }

        private async Task AskAsync(ReadOnlyMemory<byte> bytes)
        {
            if (bytes.Span.EndsWith(Sync) || IsOneQuery(bytes.Span))
                Interlocked.Increment(ref proxy._roundTrips);
            if (bytes.Span.IndexOf("COMMIT\0"u8) >= 0)
                _fate = (CommitFate)Interlocked.Exchange(ref proxy._fate, (int)CommitFate.Answered);
            if (_fate == CommitFate.NeverArrives)
            {
                Close(server);
                Close(client);
                return;
            }

            await server.SendAsync(bytes);
            if (_fate == CommitFate.CutOffMeanwhile)
                Close(client);
        }

        private async Task AnswerAsync(ReadOnlyMemory<byte> bytes)
        {
            if (_fate == CommitFate.Answered)
                await client.SendAsync(bytes);
            else if (bytes.Span.IndexOf(DoneOutsideTransaction) >= 0)
                Close(client);
        }

        // A BEGIN is such a message, too, but it is sent together with the first batch.
        private static bool IsOneQuery(ReadOnlySpan<byte> bytes) =>
            bytes.Length > 5 && bytes[0] == 'Q' && BinaryPrimitives.ReadInt32BigEndian(bytes[1..]) == bytes.Length - 1;
    }
}
