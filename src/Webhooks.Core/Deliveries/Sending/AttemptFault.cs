using System.Globalization;
using System.Security.Authentication;
using Webhooks.Core.Security.Network;

namespace Webhooks.Core.Deliveries.Sending;

/// <summary>What a failed exchange shows: the decision of design.md's table of outcomes, from the exception and whether bytes may have left.</summary>
/// <param name="IsOurs">The fault is this service's own.</param>
internal readonly record struct AttemptFault(AttemptOutcome? Outcome, bool IsOurs, string Code, string Text)
{
    /// <param name="sent">Whether request bytes may have left.</param>
    /// <param name="isStopping">Whether this node's shutdown cancelled the exchange.</param>
    /// <param name="isTimedOut">Whether the attempt's time ran out.</param>
    /// <param name="timeout">That time.</param>
    public static AttemptFault Classify(
        Exception exception, bool sent, bool isStopping, bool isTimedOut, TimeSpan timeout) => exception switch
    {
        OperationCanceledException when isStopping => OwnFault(sent, AttemptErrorCodes.Shutdown, sent
            ? "This service stopped before the answer was complete."
            : "This service stopped before anything was sent."),
        OperationCanceledException when isTimedOut => TimedOut(sent, Within(timeout)),
        OperationCanceledException { InnerException: TimeoutException } => TimedOut(sent, "in time"),
        HttpRequestException { InnerException: EndpointConnectException connect } when !sent => NotConnected(connect),
        HttpRequestException or IOException => Broken(exception, sent),
        _ => OwnFault(sent, AttemptErrorCodes.Internal, $"This service failed ({exception.GetType().Name}); its log tells more."),
    };

    public static AttemptFault OwnFault(bool sent, string code, string text) => new(sent ? AttemptOutcome.Unknown : null, true, code, text);

    private static AttemptFault NotSent(string code, string text) => new(AttemptOutcome.NotSent, false, code, text);

    private static AttemptFault Unknown(string code, string text) => new(AttemptOutcome.Unknown, false, code, text);

    private static AttemptFault TimedOut(bool sent, string when) => sent
        ? Unknown(AttemptErrorCodes.Timeout, $"The request was sent, and no complete answer came {when}.")
        : NotSent(AttemptErrorCodes.Timeout, $"No connection was established {when}; nothing was sent.");

    private static string Within(TimeSpan timeout) =>
        string.Create(CultureInfo.InvariantCulture, $"within {timeout.TotalSeconds:0.###} seconds");

    private static AttemptFault NotConnected(EndpointConnectException exception) => NotSent(
        exception.Failure switch
        {
            ConnectFailure.NameNotResolved => AttemptErrorCodes.Dns,
            ConnectFailure.AddressBlocked => AttemptErrorCodes.BlockedAddress,
            ConnectFailure.Refused => AttemptErrorCodes.ConnectRefused,
            _ => AttemptErrorCodes.Connect,
        },
        exception.Message);

    private static AttemptFault Broken(Exception exception, bool sent)
    {
        var error = (exception as HttpRequestException)?.HttpRequestError ?? (exception as HttpIOException)?.HttpRequestError;
        return error switch
        {
            HttpRequestError.SecureConnectionError when !sent => NotSent(AttemptErrorCodes.Tls, TlsText(exception)),
            HttpRequestError.NameResolutionError when !sent => NotSent(AttemptErrorCodes.Dns, "The host name could not be resolved."),
            HttpRequestError.ConnectionError when !sent => NotSent(AttemptErrorCodes.Connect, "The host could not be reached."),
            HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError
                => Unknown(AttemptErrorCodes.InvalidResponse, "What came back is not valid HTTP."),
            HttpRequestError.ConfigurationLimitExceeded
                => Unknown(AttemptErrorCodes.InvalidResponse, "The answer's headers are larger than this service accepts."),
            // There was a connection, and it broke in a way that is not one of connecting. Unless it is certain that nothing left, say so.
            _ => Unknown(AttemptErrorCodes.Reset, "The connection broke before the answer was complete."),
        };
    }

    private static string TlsText(Exception exception) => exception.InnerException is AuthenticationException reason
        ? $"The TLS handshake failed: {reason.Message}"
        : "The TLS handshake failed: the connection broke.";
}
