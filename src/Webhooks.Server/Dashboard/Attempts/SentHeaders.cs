using System.Globalization;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Protocol;

namespace Webhooks.Server.Dashboard.Attempts;

/// <summary>
/// The headers that an attempt carried. They are not stored; those that follow from what is stored are told with their values, the others
/// only by name, and of what may have been different it is said.
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
            UserAgent(request),
            new(WebhookHeaders.Id, request.MessageId),
            new(WebhookHeaders.IdempotencyKey, request.MessageId),
            request.StartedAt is { } startedAt
                ? new(WebhookHeaders.Timestamp, WebhookTimestamp.Format(startedAt))
                : new(WebhookHeaders.Timestamp, null, $"{NotKept}: the worker was lost before it recorded when it sent this"),
            Signature(request),
            new(WebhookHeaders.Attempt, Number(request.Number)),
            PriorOutcome(request),
        };
        if (request.Sequence is { } sequence)
            headers.Add(new(WebhookHeaders.Sequence, Number(sequence)));
        if (request.IsReplay)
            headers.Add(new(WebhookHeaders.Replay, "true"));
        if (TraceId(request) is { } trace)
            headers.Add(new("traceparent", null, $"trace {trace}, that of the request that published the message; the span within it is {NotKept}"));
        headers.AddRange(OwnHeaders(request));
        return headers;
    }

    private static SentHeader UserAgent(SentRequest request) => request.Version is { } version
        ? new("user-agent", AttemptMessage.UserAgentOf(version))
        : new("user-agent", null, $"{AttemptMessage.UserAgentOf("")} and the version of the node that sent it, which is forgotten");

    private static SentHeader Signature(SentRequest request) => new(WebhookHeaders.Signature, request.Signature, request switch
    {
        { Signature: not null } => "made again, with the secrets of that time that are still there",
        { IsSigner: false } => $"{NotKept}; operators see it made again",
        { StartedAt: null } => $"{NotKept}, as the time that it is of",
        { PayloadBytes: null } => $"{NotKept}, and the payload that it is of is gone",
        _ => $"{NotKept}, and the secrets of that time are gone",
    });

    // A resend begins with what the delivery before it had shown by then; that may have changed since.
    private static SentHeader PriorOutcome(SentRequest request) => request switch
    {
        { Prior: { } prior } => new(WebhookHeaders.PriorOutcome, AttemptMessage.NameOf(prior)),
        { Number: 1, IsReplay: false } => new(WebhookHeaders.PriorOutcome, AttemptMessage.NameOf(null)),
        { Number: 1 } => new(WebhookHeaders.PriorOutcome, null, $"{NotKept}: what had been tried before the message was sent again"),
        _ => new(WebhookHeaders.PriorOutcome, null, "the attempt before is gone"),
    };

    private static string? TraceId(SentRequest request) => request.TraceParent?.Split('-') is [_, var trace, ..] ? trace : null;

    private static IEnumerable<SentHeader> OwnHeaders(SentRequest request)
    {
        if (request.OwnHeaders is not { } own)
            return [new("the endpoint's own", null, $"{NotKept}, and the endpoint is gone")];

        var changed = request.IsEndpointChanged ? "as the endpoint has it now: it was changed since" : null;
        var hidden = request.IsEndpointChanged ? "hidden: a credential, as the endpoint has one now" : "hidden: a credential";
        return own.Headers.Select(header => new SentHeader(header.Key, header.Value, changed))
            .Concat(own.Sensitive.Select(name => new SentHeader(name, null, hidden)));
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
