using System.Collections.Concurrent;
using Hangfire.Server;

namespace Webhooks.Server.Jobs;

/// <summary>
/// A recurring job whose last run on this node has not ended is skipped: the run that is under way does what there is to do, and its
/// successors must not queue up behind it or hold up other jobs.
/// </summary>
internal sealed class SkipWhileUnderWay : IServerFilter
{
    private readonly ConcurrentDictionary<Type, byte> _underWay = new();

    public void OnPerforming(PerformingContext context)
    {
        if (IsRecurring(context) && !_underWay.TryAdd(context.BackgroundJob.Job.Type, 0))
            context.Canceled = true;
    }

    // Not called for a job that was canceled above.
    public void OnPerformed(PerformedContext context)
    {
        if (IsRecurring(context))
            _underWay.TryRemove(context.BackgroundJob.Job.Type, out _);
    }

    // A task is a job for each that was asked for, and these may well run beside each other.
    private static bool IsRecurring(PerformContext context) => context.BackgroundJob.Job.Type != typeof(BackgroundTaskJob);
}
