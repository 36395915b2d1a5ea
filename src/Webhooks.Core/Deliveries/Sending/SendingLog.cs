using Microsoft.Extensions.Logging;
using Webhooks.Core.Endpoints;

namespace Webhooks.Core.Deliveries.Sending;

internal static partial class SendingLog
{
    [LoggerMessage(2101, LogLevel.Warning, "Circuit of {EndpointId} opened for {Duration}: half of its recent attempts failed")]
    public static partial void CircuitOpened(this ILogger logger, EndpointId endpointId, TimeSpan duration);

    [LoggerMessage(2102, LogLevel.Information, "Circuit of {EndpointId} closed")]
    public static partial void CircuitClosed(this ILogger logger, EndpointId endpointId);

    [LoggerMessage(2103, LogLevel.Error,
        "Secrets or headers of {EndpointId} cannot be decrypted; unless that is mended its deliveries become dead letters")]
    public static partial void SecretUnreadable(this ILogger logger, EndpointId endpointId, Exception exception);

    [LoggerMessage(2104, LogLevel.Error, "An attempt of {DeliveryId} failed by a fault of this service")]
    public static partial void AttemptFailedInternally(this ILogger logger, DeliveryId deliveryId, Exception? exception);

    [LoggerMessage(2105, LogLevel.Error, "The receipt check of {DeliveryId} failed by a fault of this service; its message is sent again")]
    public static partial void ReceiptCheckFailedInternally(this ILogger logger, DeliveryId deliveryId, Exception exception);
}
