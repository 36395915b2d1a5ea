namespace Webhooks.Core.Deliveries;

/// <summary>The stable words for what went wrong with an attempt; part of the API.</summary>
internal static class AttemptError
{
    /// <summary>The node stopped.</summary>
    public const string Shutdown = "shutdown";

    /// <summary>The worker's lease ran out before it recorded anything.</summary>
    public const string WorkerLost = "worker_lost";
}
