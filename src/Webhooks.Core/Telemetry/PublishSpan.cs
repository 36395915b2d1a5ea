using System.Diagnostics;
using Webhooks.Core.Outbox;

namespace Webhooks.Core.Telemetry;

/// <summary>
/// The producer's span of an event, below the request's. Its context is stored with the message and is what every attempt continues.
/// </summary>
internal static class PublishSpan
{
    public static Activity? Start(string eventType, int payloadBytes)
    {
        var span = Tracing.Source.StartActivity("publish", ActivityKind.Producer);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(Tracing.MessagingSystem, Tracing.SystemName)
                .SetTag(Tracing.OperationName, "publish")
                .SetTag(Tracing.OperationType, "send")
                .SetTag(Tracing.BodySize, payloadBytes)
                .SetTag("webhooks.event_type", eventType);
        }

        return span;
    }

    public static void Finish(this Activity span, PublishResult result)
    {
        if (!span.IsAllDataRequested)
            return;

        if (result.Status == PublishStatus.Accepted)
            span.SetTag(Tracing.MessageId, result.MessageId.ToString());
        else
            span.SetTag(Tracing.ErrorType, result.Status.ToString()).SetStatus(ActivityStatusCode.Error);
    }
}
