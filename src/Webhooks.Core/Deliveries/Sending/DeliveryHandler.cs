using System.Net.Security;
using System.Text;
using Webhooks.Core.Security.Network;

namespace Webhooks.Core.Deliveries.Sending;

/// <summary>The one handler that all deliveries of a node go through: its connection pools are what makes sending fast.</summary>
internal static class DeliveryHandler
{
    // Enough for any honest answer; an answer with more is cut off as invalid.
    private const int MaxResponseHeadersKilobytes = 32;

    /// <param name="tls">How servers' certificates are judged; null for the system's trust, as always outside of tests.</param>
    public static SocketsHttpHandler Create(DeliveryOptions options, GuardedConnector connector, SslClientAuthenticationOptions? tls = null) => new()
    {
        // What stands behind a URL is a stranger: follow it nowhere, remember and unpack nothing.
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        PreAuthenticate = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        MaxResponseHeadersLength = MaxResponseHeadersKilobytes,
        MaxResponseDrainSize = 0, // past the cap the rest of a body is not read, not even to keep the connection

        ConnectCallback = connector.ConnectAsync,
        PlaintextStreamFilter = connector.MarkSecuredAsync,
        ConnectTimeout = options.ConnectTimeout * 2, // the connector ends TCP after one share; the other is for TLS
        SslOptions = tls ?? new SslClientAuthenticationOptions(),

        PooledConnectionLifetime = options.ConnectionLifetime,
        PooledConnectionIdleTimeout = options.ConnectionIdleTimeout,
        EnableMultipleHttp2Connections = true,
        // A dead HTTP/2 connection would otherwise swallow requests until its lifetime ends.
        KeepAlivePingDelay = TimeSpan.FromSeconds(15),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,

        // The delivery's own traceparent goes out, not one of this process.
        ActivityHeadersPropagator = null,
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
    };
}
