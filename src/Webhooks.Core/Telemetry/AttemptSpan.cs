using System.Diagnostics;
using System.Globalization;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;

namespace Webhooks.Core.Telemetry;

/// <summary>
/// The client's span of one exchange: a child of the message's stored context, however long ago and in whichever process that was, so that
/// one trace leads from the publisher to the subscriber. No path and no query in it: with many subscribers they are the password.
/// </summary>
internal static class AttemptSpan
{
    public static Activity? Start(PreparedAttempt attempt)
    {
        if (!Tracing.IsListenedTo)
            return null;

        var span = Tracing.Source.StartActivity("deliver", ActivityKind.Client, Tracing.ContextOf(attempt.Request.TraceParent));
        if (span is { IsAllDataRequested: true })
            Describe(span, attempt);
        return span;
    }

    public static AttemptResult Finish(this Activity? span, AttemptResult result)
    {
        if (span is not { IsAllDataRequested: true })
            return result;

        if (result.StatusCode is { } status)
            span.SetTag("http.response.status_code", status);
        span.SetTag("webhooks.attempt.outcome", result.Outcome is { } outcome ? Tags.Of(outcome).Value : "none");
        if (result.Outcome != AttemptOutcome.Delivered)
            span.SetTag(Tracing.ErrorType, ErrorType(result)).SetStatus(ActivityStatusCode.Error);
        return result;
    }

    private static void Describe(Activity span, PreparedAttempt attempt) => span
        .SetTag("http.request.method", "POST")
        .SetTag("url.scheme", attempt.Url.Scheme)
        .SetTag("server.address", attempt.Url.Host)
        .SetTag("server.port", attempt.Url.Port)
        .SetTag(Tracing.MessagingSystem, Tracing.SystemName)
        .SetTag(Tracing.OperationName, "deliver")
        .SetTag(Tracing.OperationType, "send")
        .SetTag(Tracing.MessageId, attempt.MessageId)
        .SetTag(Tracing.BodySize, attempt.Request.Payload.Length)
        .SetTag("webhooks.delivery.id", attempt.Request.DeliveryId.ToString())
        .SetTag("webhooks.endpoint.id", attempt.Request.EndpointId.ToString())
        .SetTag("webhooks.attempt.number", attempt.Request.Number);

    // The conventions ask for the status code where there is one.
    private static string? ErrorType(AttemptResult result) =>
        result.ErrorCode == AttemptErrorCodes.HttpStatus ? result.StatusCode?.ToString(CultureInfo.InvariantCulture) : result.ErrorCode;
}
