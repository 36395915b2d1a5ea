using Microsoft.EntityFrameworkCore.Storage;

namespace Webhooks.Core.Data;

/// <summary>
/// Asks the database again when the engine says that its fault was passing: a connection that broke, a failover, a deadlock. Only outside of
/// transactions: one is tried again whole by whoever began it (<see cref="DatabaseResilience"/>), or its fault is told to the caller, who
/// alone knows whether the same may be written twice.
/// </summary>
internal sealed class AskAgain(ExecutionStrategyDependencies dependencies, Predicate<Exception> isTransient)
    : ExecutionStrategy(dependencies, MaxRetries, LongestWait)
{
    private const int MaxRetries = 3;

    // Somebody waits for the answer, and can ask again, too.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    // What EF Core makes of "true": it keeps whole answers in memory, payloads, too, so that it could ask again in the middle of one, and
    // refuses transactions that it did not begin. Until the answer begins it asks again all the same.
    public override bool RetriesOnFailure => false;

    // After the last try the engine's own fault is thrown: callers tell passing ones by it.
    protected override bool ShouldRetryOn(Exception exception) =>
        Dependencies.CurrentContext.Context.Database.CurrentTransaction is null
        && ExceptionsEncountered.Count < MaxRetries && isTransient(exception);
}
