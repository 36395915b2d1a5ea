using System.Diagnostics;

namespace Webhooks.Core.Telemetry;

/// <summary>
/// The span of a transaction that many messages share: nobody's child, linked to each message that is traced. It is written afterwards,
/// because only then is it known whether there is one; without, there is no span, and an idle pump leaves none.
/// </summary>
internal static class BatchSpan
{
    /// <summary>As many links as exporters keep by default.</summary>
    private const int MaxLinks = 128;

    public static void Write(string operation, IEnumerable<string?> traceParents, int count, TimeSpan duration)
    {
        var links = traceParents.Select(Tracing.ContextOf).Where(context => context.IsSampled()).Take(MaxLinks)
            .Select(context => new ActivityLink(context)).ToList();
        if (links.Count == 0)
            return;

        var current = Activity.Current;
        Activity.Current = null; // or it would be the parent
        try
        {
            using var span = Tracing.Source.CreateActivity(operation, ActivityKind.Internal, default(ActivityContext), null, links);
            if (span is null)
                return;

            span.Start();
            span.SetStartTime(span.StartTimeUtc - duration)
                .SetTag(Tracing.MessagingSystem, Tracing.SystemName)
                .SetTag(Tracing.OperationName, operation)
                .SetTag(Tracing.BatchSize, count);
        }
        finally
        {
            Activity.Current = current;
        }
    }
}
