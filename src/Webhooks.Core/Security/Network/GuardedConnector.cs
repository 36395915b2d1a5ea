using System.Net;
using System.Net.Sockets;

namespace Webhooks.Core.Security.Network;

/// <summary>
/// Opens the connections of deliveries. It resolves, judges every address and connects to those very addresses: there is no second
/// look-up in which a name could turn to another place (DNS rebinding).
/// </summary>
/// <param name="connectTimeout">For the look-up and the TCP connects together; shared out among the addresses, so that one that never answers does not keep the next from its turn.</param>
internal sealed class GuardedConnector(NetworkPolicy policy, ResolveHost resolve, TimeSpan connectTimeout, TimeProvider clock)
{
    // A name with hundreds of addresses must not make us knock at hundreds of doors.
    private const int MaxAddresses = 6;

    private readonly AddressDialer _dialer = new(clock);

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="EndpointConnectException">No connection: see <see cref="EndpointConnectException.Failure"/>.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        context.InitialRequestMessage.Options.TryGetValue(ConnectionTrace.Key, out var trace);
        var started = clock.GetTimestamp();
        var addresses = await FindAddressesAsync(context.DnsEndPoint.Host, trace, cancellationToken);
        var resolved = clock.GetTimestamp();

        var remaining = connectTimeout - clock.GetElapsedTime(started, resolved);
        var socket = await _dialer.ConnectAsync(addresses, context.DnsEndPoint.Port, remaining, cancellationToken);
        trace?.Connected(clock.GetElapsedTime(resolved), clock.GetTimestamp());
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>For <see cref="SocketsHttpHandler.PlaintextStreamFilter"/>: it is called when TLS is through, the only place that tells.</summary>
    public ValueTask<Stream> MarkSecuredAsync(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellationToken)
    {
        if (context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps
            && context.InitialRequestMessage.Options.TryGetValue(ConnectionTrace.Key, out var trace))
            trace.Secured(clock);
        return ValueTask.FromResult(context.PlaintextStream);
    }

    private async Task<List<IPAddress>> FindAddressesAsync(string host, ConnectionTrace? trace, CancellationToken cancellationToken)
    {
        var found = IPAddress.TryParse(host, out var literal) ? [literal] : await ResolveAsync(host, trace, cancellationToken);

        SpecialPurposeRange? blockedBy = null;
        var allowed = new List<IPAddress>(found.Length);
        foreach (var address in found)
        {
            if (policy.FindBlock(address) is { } range)
                blockedBy = range;
            else if (allowed.Count < MaxAddresses)
                allowed.Add(address);
        }

        if (allowed.Count > 0)
            return allowed;
        throw blockedBy is null
            ? new EndpointConnectException(ConnectFailure.NameNotResolved, "The host name has no address.")
            : new EndpointConnectException(ConnectFailure.AddressBlocked, $"The host has only addresses that this service does not deliver to: {blockedBy}.");
    }

    private async Task<IPAddress[]> ResolveAsync(string host, ConnectionTrace? trace, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        try
        {
            return await resolve(host, cancellationToken).WaitAsync(connectTimeout, clock, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new EndpointConnectException(ConnectFailure.NameNotResolved, "The host name could not be resolved in time.", e);
        }
        catch (SocketException e)
        {
            throw new EndpointConnectException(ConnectFailure.NameNotResolved, $"The host name could not be resolved ({e.SocketErrorCode}).", e);
        }
        finally
        {
            trace?.Resolved(clock.GetElapsedTime(started));
        }
    }
}
