using System.Globalization;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Protocol;

namespace Webhooks.Server.Dashboard.Attempts;

/// <summary>
/// The headers that an attempt carried. They are not stored; those that follow from what is stored are told with their values, the others
/// only by name.
/// </summary>
internal static class SentHeaders
{
    private const string NotKept = "not kept";

    public static IReadOnlyList<SentHeader> Of(SentRequest request)
    {
        var headers = new List<SentHeader>
        {
            new("content-type", "application/json"),
            request.PayloadBytes is { } bytes ? new("content-length", Number(bytes)) : new("content-length", null, "the payload is gone"),
            new("user-agent", null, "Webhooks/ and the version of the node that sent it"),
            new(WebhookHeaders.Id, request.MessageId),
            new(WebhookHeaders.IdempotencyKey, request.MessageId),
            new(WebhookHeaders.Timestamp, null, $"{NotKept}: the second in which it was signed, at its start"),
            new(WebhookHeaders.Signature, null, $"{NotKept}: one signature for each secret that was live then"),
            new(WebhookHeaders.Attempt, Number(request.Number)),
            PriorOutcome(request),
        };
        if (request.Sequence is { } sequence)
            headers.Add(new(WebhookHeaders.Sequence, Number(sequence)));
        if (request.IsReplay)
            headers.Add(new(WebhookHeaders.Replay, "true"));
        if (request.IsTraced)
            headers.Add(new("traceparent", null, $"{NotKept}: it continues the trace of the request that published the message"));
        headers.Add(new("the endpoint's own", null, $"{NotKept}: those that the endpoint had then"));
        return headers;
    }

    // A resend begins with what the delivery before it had shown by then; that may have changed since.
    private static SentHeader PriorOutcome(SentRequest request) => request switch
    {
        { Prior: { } prior } => new(WebhookHeaders.PriorOutcome, AttemptMessage.NameOf(prior)),
        { Number: 1, IsReplay: false } => new(WebhookHeaders.PriorOutcome, AttemptMessage.NameOf(null)),
        { Number: 1 } => new(WebhookHeaders.PriorOutcome, null, $"{NotKept}: what had been tried before the message was sent again"),
        _ => new(WebhookHeaders.PriorOutcome, null, "the attempt before is gone"),
    };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <param name="Value">Null where it can't be told.</param>
/// <param name="Note">Then: why, and what it was about.</param>
internal sealed record SentHeader(string Name, string? Value, string? Note = null);

/// <summary>What is stored of an attempt's request.</summary>
internal sealed record SentRequest
{
    public required string MessageId { get; init; }
    public required int Number { get; init; }

    /// <summary>Null once the delivery's history is gone.</summary>
    public long? Sequence { get; init; }

    public bool IsReplay { get; init; }

    /// <summary>What the attempt before this one of the same delivery showed; null where there is none, or it is gone.</summary>
    public AttemptOutcome? Prior { get; init; }

    /// <summary>Null once the payload is gone.</summary>
    public long? PayloadBytes { get; init; }

    public bool IsTraced { get; init; }
}
