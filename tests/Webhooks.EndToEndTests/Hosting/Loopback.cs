using System.Net;
using System.Net.Sockets;

namespace Webhooks.EndToEndTests.Hosting;

internal static class Loopback
{
    // Below the ports that systems hand out to outgoing connections, so that none takes it while the server is down.
    private const int Lowest = 20_000;
    private const int Highest = 30_000;

    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(Lowest, Highest);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
            }
        }
    }
}
