using Webhooks.Core.Signals;

namespace Webhooks.Core.BackgroundTasks;

/// <summary>Tells this node that there may be a task to run.</summary>
internal sealed class TaskSignal : Hint;
