namespace Webhooks.Core.Retention;

/// <summary>The times that a run goes by: what finished by then may go.</summary>
/// <param name="Messages">For messages without dead letters, and for what was deleted.</param>
/// <param name="Attempts">For attempts of deliveries that are no dead letters.</param>
/// <param name="DeadLetters">For dead letters that somebody decided about.</param>
internal sealed record RetentionLimits(DateTimeOffset Messages, DateTimeOffset Attempts, DateTimeOffset DeadLetters)
{
    public static RetentionLimits At(DateTimeOffset now, RetentionOptions options) =>
        new(now - options.Messages, now - options.Attempts, now - options.DeadLetters);
}
