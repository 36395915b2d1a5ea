using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Webhooks.Server.Telemetry;

/// <summary>
/// Who may read the metrics: whoever has the key, or, where none is set, whoever is on this machine. What a proxy passes on comes from
/// this machine, too, so it is refused then by the headers that proxies add.
/// </summary>
internal sealed class MetricsGuard(string? key)
{
    private const string Scheme = "Bearer ";
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Original-For", "Via"];

    // Hashes have one length, so that comparing takes as long whatever was sent.
    private readonly byte[]? _key = key is null ? null : Hash(key);

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (_key is null ? IsLocal(context) : HasKey(context.Request))
            return next(context);

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return context.Response.WriteAsync(_key is null
            ? $"Metrics are for callers on this machine until {TelemetryOptions.Section}:{nameof(TelemetryOptions.PrometheusKey)} is set.\n"
            : $"Send the key of {TelemetryOptions.Section}:{nameof(TelemetryOptions.PrometheusKey)} as 'Authorization: Bearer <key>'.\n");
    }

    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !ProxyHeaders.Any(context.Request.Headers.ContainsKey);

    private bool HasKey(HttpRequest request)
    {
        var header = request.Headers[HeaderNames.Authorization].ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Hash(header[Scheme.Length..].Trim()), _key);
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
