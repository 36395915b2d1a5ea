using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Webhooks.Core.Tests.Receivers;

/// <summary>A mail server on a free loopback port: real SMTP on real sockets, with TLS where it has a certificate.</summary>
/// <param name="answer">What to say to a command instead of the usual; null for the usual.</param>
internal sealed class SmtpReceiver(X509Certificate2? certificate, bool isTlsFromTheStart, Func<string, string?> answer) : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private Task _accepting = Task.CompletedTask;

    /// <summary>The mails that were taken, as they came.</summary>
    public ConcurrentQueue<string> Mails { get; } = new();

    /// <summary>All commands, with whether they came through TLS.</summary>
    public ConcurrentQueue<(string Command, bool IsSecure)> Commands { get; } = new();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static SmtpReceiver Start(
        X509Certificate2? certificate = null, bool isTlsFromTheStart = false, Func<string, string?>? answer = null)
    {
        var receiver = new SmtpReceiver(certificate, isTlsFromTheStart, answer ?? (_ => null));
        receiver._listener.Start();
        receiver._accepting = receiver.AcceptAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var sessions = new List<Task>();
        try
        {
            while (true)
                sessions.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(sessions);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var session = new SmtpSession(this, socket, certificate, answer, _stop.Token);
        try
        {
            await session.RunAsync(isTlsFromTheStart);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or AuthenticationException)
        {
            // The sender left, did not like the certificate, or the test is over.
        }
    }
}
