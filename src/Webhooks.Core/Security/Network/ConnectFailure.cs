namespace Webhooks.Core.Security.Network;

/// <summary>Why no connection came about.</summary>
internal enum ConnectFailure
{
    /// <summary>The name does not resolve.</summary>
    NameNotResolved = 1,

    /// <summary>Every address of the host is special-purpose and not opened.</summary>
    AddressBlocked = 2,

    /// <summary>Nothing listens there.</summary>
    Refused = 3,

    /// <summary>No address could be reached, for any other reason.</summary>
    Unreachable = 4,
}

/// <summary>Thrown inside the HTTP handler, which has no other way to hand on a reason. The texts name no address: they reach tenants.</summary>
internal sealed class EndpointConnectException(ConnectFailure failure, string message, Exception? inner = null) : IOException(message, inner)
{
    public ConnectFailure Failure { get; } = failure;
}
