using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Webhooks.Core.Tests.Receivers;

/// <summary>One connection of an <see cref="SmtpReceiver"/>.</summary>
internal sealed class SmtpSession(
    SmtpReceiver receiver, Socket socket, X509Certificate2? certificate, Func<string, string?> answer, CancellationToken stop)
    : IAsyncDisposable
{
    public const string User = "alerts";
    public const string Password = "p4ss-w0rd";

    private Stream _stream = new NetworkStream(socket, ownsSocket: true);

    private bool IsSecure => _stream is SslStream;

    public async Task RunAsync(bool isTlsFromTheStart)
    {
        if (isTlsFromTheStart)
            await SecureAsync();
        await SayAsync("220 mail.test ESMTP");
        while (await ReadLineAsync() is { } command)
        {
            receiver.Commands.Enqueue((command, IsSecure));
            await SayAsync(answer(command) ?? await AnswerAsync(command));
            if (command == "STARTTLS" && certificate is not null)
                await SecureAsync();
            if (command == "QUIT")
                return;
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task<string> AnswerAsync(string command) => command.Split(' ')[0].ToUpperInvariant() switch
    {
        "EHLO" => Greeting(),
        "STARTTLS" when certificate is not null => "220 Go ahead",
        "AUTH" => IsRight(command) ? "235 Welcome" : "535 5.7.8 Wrong",
        "DATA" => await TakeAsync(),
        "QUIT" => "221 Bye",
        "MAIL" or "RCPT" or "NOOP" or "RSET" => "250 Ok",
        _ => "502 Not here",
    };

    private string Greeting()
    {
        var offers = new List<string> { "mail.test" };
        if (certificate is not null && !IsSecure)
            offers.Add("STARTTLS");
        if (IsSecure || certificate is null)
            offers.Add("AUTH PLAIN");
        return string.Join("\r\n", offers.Select(offer => $"250-{offer}").Append("250 8BITMIME"));
    }

    private static bool IsRight(string command) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(command.Split(' ')[2])) == $"\0{User}\0{Password}";

    private async Task<string> TakeAsync()
    {
        await SayAsync("354 Go ahead");
        var mail = new StringBuilder();
        while (await ReadLineAsync() is { } line and not ".")
            mail.Append(line).Append('\n');
        receiver.Mails.Enqueue(mail.ToString());
        return "250 Taken";
    }

    private async Task SecureAsync()
    {
        var secured = new SslStream(_stream);
        _stream = secured;
        await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop);
    }

    private async Task SayAsync(string text) => await _stream.WriteAsync(Encoding.UTF8.GetBytes(text + "\r\n"), stop);

    private async Task<string?> ReadLineAsync()
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await _stream.ReadAsync(one, stop) == 1)
        {
            if (one[0] == '\n')
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(one[0]);
        }

        return null;
    }
}
