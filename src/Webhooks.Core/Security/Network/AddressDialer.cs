using System.Net;
using System.Net.Sockets;

namespace Webhooks.Core.Security.Network;

/// <summary>
/// Connects to the first of several addresses that answers. They are tried in the resolver's order (RFC 6724), each with an equal share
/// of the time that is left, so one that never answers does not keep the next from its turn.
/// </summary>
internal sealed class AddressDialer(TimeProvider clock)
{
    /// <exception cref="EndpointConnectException">None of them answered.</exception>
    public async Task<Socket> ConnectAsync(IReadOnlyList<IPAddress> addresses, int port, TimeSpan remaining, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        SocketException? last = null;
        for (var i = 0; i < addresses.Count; i++)
        {
            var share = (remaining - clock.GetElapsedTime(started)) / (addresses.Count - i);
            if (share <= TimeSpan.Zero)
                break;

            try
            {
                return await ConnectWithinAsync(new IPEndPoint(addresses[i], port), share, cancellationToken);
            }
            catch (SocketException e)
            {
                last = e;
            }
        }

        throw last?.SocketErrorCode == SocketError.ConnectionRefused
            ? new EndpointConnectException(ConnectFailure.Refused, "The connection was refused: nothing listens at the host's port.", last)
            : new EndpointConnectException(ConnectFailure.Unreachable, $"The host could not be reached ({last?.SocketErrorCode ?? SocketError.TimedOut}).", last);
    }

    private async Task<Socket> ConnectWithinAsync(IPEndPoint target, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target, both.Token);
            return socket;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
