using System.Net;

namespace Webhooks.Core.Security.Network;

/// <summary>Looks a name up. <see cref="Dns.GetHostAddressesAsync(string, CancellationToken)"/>, or a test's own answers.</summary>
internal delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellationToken);
