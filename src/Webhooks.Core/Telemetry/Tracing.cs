using System.Diagnostics;

namespace Webhooks.Core.Telemetry;

/// <summary>The source of this service's spans, and the words in them (OpenTelemetry's conventions for HTTP and messaging).</summary>
internal static class Tracing
{
    /// <summary>What a listener subscribes to.</summary>
    public const string Name = "Webhooks";

    public const string MessagingSystem = "messaging.system";
    public const string SystemName = "webhooks";
    public const string OperationName = "messaging.operation.name";
    public const string OperationType = "messaging.operation.type";
    public const string MessageId = "messaging.message.id";
    public const string BodySize = "messaging.message.body.size";
    public const string BatchSize = "messaging.batch.message_count";
    public const string ErrorType = "error.type";

    public static readonly ActivitySource Source = new(Name);

    public static bool IsListenedTo => Source.HasListeners();

    /// <summary>Reads a stored trace context; it comes from another request, mostly of another process.</summary>
    public static ActivityContext ContextOf(string? traceParent) =>
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var context) ? context : default;

    public static bool IsSampled(this ActivityContext context) => (context.TraceFlags & ActivityTraceFlags.Recorded) != 0;
}
