using System.Globalization;
using System.Text;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;

namespace Webhooks.Server.Demo.Weather;

/// <summary>What attempts show, as the sender would have said it.</summary>
internal static class Answers
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    public static AttemptResult Accepted(Moment moment, int milliseconds)
    {
        var (status, body) = moment.Chance.Next(4) switch
        {
            0 => (204, ""),
            1 => (202, """{"queued":true}"""),
            2 => (200, "OK"),
            _ => (200, """{"received":true}"""),
        };
        return Answer(moment, AttemptOutcome.Delivered, status, body, milliseconds);
    }

    public static AttemptResult InternalError(Moment moment) =>
        Rejected(moment, 500, """{"error":"NullReferenceException","requestId":"9f2c"}""", 240);

    public static AttemptResult BadGateway(Moment moment) =>
        Rejected(moment, 502, "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>", 60);

    public static AttemptResult Unavailable(Moment moment) =>
        Rejected(moment, 503, "<h1>Wartungsarbeiten – wir sind gleich zurück</h1>", 45);

    public static AttemptResult Gone(Moment moment) => Rejected(moment, 410, """{"message":"This integration was removed."}""", 80);

    public static AttemptResult Unprocessable(Moment moment) => Rejected(
        moment, 422, """{"errors":[{"field":"data.customer.vatId","message":"must not be empty for business customers"}]}""", 150);

    public static AttemptResult Conflict(Moment moment) =>
        Rejected(moment, 409, """{"code":"period_closed","message":"The booking period is closed."}""", 95);

    public static AttemptResult TooMany(Moment moment)
    {
        var seconds = moment.Chance.Next(2, 10) * 15;
        var result = Rejected(moment, 429, """{"message":"API rate limit exceeded"}""", 25);
        return result with
        {
            RetryAfter = TimeSpan.FromSeconds(seconds),
            ResponseHeaders = string.Create(CultureInfo.InvariantCulture, $"{result.ResponseHeaders}\nRetry-After: {seconds}"),
        };
    }

    public static AttemptResult NoSuchHost(Moment moment) =>
        NotSent(moment, AttemptErrorCodes.Dns, "The host name could not be resolved (HostNotFound).", 38);

    public static AttemptResult Refused(Moment moment) =>
        NotSent(
        moment, AttemptErrorCodes.ConnectRefused, "The connection was refused: nothing listens at the host's port.", 21);

    public static AttemptResult CertificateExpired(Moment moment) => NotSent(
        moment, AttemptErrorCodes.Tls,
        "The TLS handshake failed: The remote certificate is invalid because of errors in the certificate chain: NotTimeValid", 95);

    public static AttemptResult TimedOut(Moment moment) => new()
    {
        Outcome = AttemptOutcome.Unknown,
        Timings = Timings(moment, Timeout) with { FirstByte = null },
        ErrorCode = AttemptErrorCodes.Timeout,
        ErrorText = string.Create(
            CultureInfo.InvariantCulture, $"The request was sent, and no complete answer came within {Timeout.TotalSeconds} seconds."),
    };

    public static AttemptResult Reset(Moment moment) => new()
    {
        Outcome = AttemptOutcome.Unknown,
        Timings = Timings(moment, Around(moment, 700)) with { FirstByte = null },
        ErrorCode = AttemptErrorCodes.Reset,
        ErrorText = "The connection broke before the answer was complete.",
    };

    private static AttemptResult Rejected(Moment moment, int status, string body, int milliseconds) =>
        Answer(moment, AttemptOutcome.Rejected, status, body, milliseconds) with
        {
            ErrorCode = AttemptErrorCodes.HttpStatus,
            ErrorText = string.Create(CultureInfo.InvariantCulture, $"The endpoint answered {status}."),
        };

    private static AttemptResult Answer(Moment moment, AttemptOutcome outcome, int status, string body, int milliseconds) => new()
    {
        Outcome = outcome,
        StatusCode = status,
        Timings = Timings(moment, Around(moment, milliseconds)),
        ResponseHeaders = Headers(moment, body),
        ResponseBody = Encoding.UTF8.GetBytes(body),
    };

    private static AttemptResult NotSent(Moment moment, string code, string text, int milliseconds)
    {
        var total = Around(moment, milliseconds);
        return AttemptVerdicts.NotSent(code, text) with { Timings = AttemptTimings.None with { Total = total } };
    }

    private static string Headers(Moment moment, string body)
    {
        var type = body.Length == 0 ? "" : $"\nContent-Type: {(body[0] is '{' ? "application/json" : "text/html; charset=utf-8")}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Date: {moment.Now:r}\nServer: nginx\nX-Request-Id: {moment.Chance.Next():x8}{type}\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}");
    }

    /// <summary>A connection is used again more often than not: then names, sockets and certificates cost nothing.</summary>
    private static AttemptTimings Timings(Moment moment, TimeSpan total)
    {
        var firstByte = total * (0.9 + 0.08 * moment.Chance.NextDouble());
        if (moment.Happens(0.65))
            return new(null, null, null, firstByte, total);

        var (dns, connect, tls) = (Around(moment, 4), Around(moment, 18), Around(moment, 31));
        var handshake = dns + connect + tls;
        return new(dns, connect, tls, firstByte + handshake, total + handshake);
    }

    /// <summary>Mostly near it, sometimes much longer, as measured times are.</summary>
    private static TimeSpan Around(Moment moment, int milliseconds)
    {
        var spread = 0.6 + 0.8 * moment.Chance.NextDouble() + (moment.Happens(0.03) ? 3 * moment.Chance.NextDouble() : 0);
        return TimeSpan.FromMicroseconds(Math.Round(milliseconds * 1_000 * spread));
    }
}
