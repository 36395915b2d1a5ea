namespace Webhooks.Core.Deliveries;

/// <summary>Makes the row that an attempt leaves behind.</summary>
internal static class AttemptRow
{
    public static Attempt Of(ClaimedDelivery delivery, AttemptResult result, AttemptId id, DateTimeOffset startedAt, NodeName node) => new()
    {
        Id = id,
        DeliveryId = delivery.Request.DeliveryId,
        MessageId = delivery.Request.MessageId,
        EndpointId = delivery.Request.EndpointId,
        Number = delivery.Request.Number,
        TriggerType = delivery.TriggerType,
        StartedAt = startedAt,
        Outcome = result.Outcome!.Value,
        Url = delivery.Request.Url,
        StatusCode = result.StatusCode,
        DnsMicroseconds = Microseconds(result.Timings.Dns),
        ConnectMicroseconds = Microseconds(result.Timings.Connect),
        TlsMicroseconds = Microseconds(result.Timings.Tls),
        FirstByteMicroseconds = Microseconds(result.Timings.FirstByte),
        TotalMicroseconds = Microseconds(result.Timings.Total)!.Value,
        ResponseHeaders = result.ResponseHeaders,
        ResponseBody = result.ResponseBody,
        ErrorCode = result.ErrorCode,
        ErrorText = result.ErrorText,
        ReceiptAnswer = result.Receipt?.Answer,
        ReceiptText = result.Receipt?.Text,
        Node = node.Value,
    };

    private static long? Microseconds(TimeSpan? duration) => (long?)duration?.TotalMicroseconds;
}
