using Webhooks.Core.Messages;

namespace Webhooks.Core.Outbox;

/// <summary>
/// What the tries of one batch share. A connection that is lost during a commit leaves open whether that took place. Every try writes the
/// same ids, so the next one finds them; and while such a commit is still under way at the server, it can't write them a second time.
/// </summary>
/// <param name="messageIds">One for each request, in order.</param>
internal sealed class OutboxTries(IReadOnlyList<PublishRequest> batch, IReadOnlyList<MessageId> messageIds, DateTimeOffset now)
{
    private readonly List<(IReadOnlyList<MessageId> Written, IReadOnlyList<PublishResult> Results)> _inDoubt = [];

    public IReadOnlyList<PublishRequest> Batch => batch;
    public IReadOnlyList<MessageId> MessageIds => messageIds;
    public DateTimeOffset Now => now;

    /// <summary>A try before this one came as far as its commit.</summary>
    public bool AnyInDoubt => _inDoubt.Count > 0;

    /// <summary>Call it before the commit.</summary>
    public void Commits(OutboxRows rows, IReadOnlyList<PublishResult> results) =>
        _inDoubt.Add((rows.Messages.Select(message => message.Id).ToArray(), results));

    /// <param name="found">Which of the messages are on record.</param>
    /// <returns>What the try answers that wrote them; null when none did.</returns>
    public IReadOnlyList<PublishResult>? ResultsOf(IReadOnlyCollection<MessageId> found) =>
        found.Count == 0
            ? null
            : _inDoubt.Last(attempt => attempt.Written.Count == found.Count && attempt.Written.All(found.Contains)).Results;
}
