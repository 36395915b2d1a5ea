using Microsoft.EntityFrameworkCore.Storage;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Outbox;

namespace Webhooks.Data.ComplianceTests.Deliveries;

/// <summary>The real store; a test sees when commit 3 is reached, lets it go on, and makes claims and writes fail.</summary>
internal sealed class WatchedSql(IWebhooksSql store) : IWebhooksSql
{
    private readonly TaskCompletionSource _recordReached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _recordMayGoOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _claimsToFail;
    private int _claims;
    private int _writesToFail;
    private int _failedRecords;
    private int _records;
    private bool _outOfBytes;

    public int Claims => Volatile.Read(ref _claims);

    public Task RecordReached => _recordReached.Task;

    /// <summary>How many deliveries were recorded.</summary>
    public int Records => Volatile.Read(ref _records);

    /// <summary>Commit 3 meets a database that is away for now.</summary>
    public volatile bool RecordsFail;

    public bool HasFailedRecords(int times) => Volatile.Read(ref _failedRecords) >= times;

    public void LetRecordsGoOn() => _recordMayGoOn.TrySetResult();

    public void FailClaims(int count) => _claimsToFail = count;

    public void FailWrites(int count) => _writesToFail = count;

    public void ClaimsAreOutOfBytes() => _outOfBytes = true;

    public Task<IDbContextTransaction> BeginWriteAsync(WebhooksDbContext db, CancellationToken cancellationToken) =>
        Interlocked.Decrement(ref _writesToFail) >= 0
            ? Task.FromException<IDbContextTransaction>(new TimeoutException())
            : store.BeginWriteAsync(db, cancellationToken);

    public Task<IOutboxTransaction> BeginOutboxAsync(CancellationToken cancellationToken) => store.BeginOutboxAsync(cancellationToken);

    public Task<Claim> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        Interlocked.Increment(ref _claims) <= _claimsToFail
            ? Task.FromException<Claim>(new TimeoutException())
            : _outOfBytes ? Task.FromResult(new Claim([], DateTimeOffset.MinValue) { OutOfBytes = true })
            : store.ClaimAsync(request, cancellationToken);

    public async Task<IReadOnlyList<bool>> RecordAsync(
        IReadOnlyList<DeliveryRecord> records, DateTimeOffset now, CancellationToken cancellationToken)
    {
        _recordReached.TrySetResult();
        await _recordMayGoOn.Task;
        if (RecordsFail)
        {
            Interlocked.Increment(ref _failedRecords);
            throw new AwayException();
        }

        var recorded = await store.RecordAsync(records, now, cancellationToken);
        Interlocked.Add(ref _records, records.Count);
        return recorded;
    }

    public Task<DateTimeOffset> GetUtcNowAsync(CancellationToken cancellationToken) => store.GetUtcNowAsync(cancellationToken);

    public bool IsTransient(Exception fault) => fault is AwayException || store.IsTransient(fault);

    private sealed class AwayException : Exception;
}
