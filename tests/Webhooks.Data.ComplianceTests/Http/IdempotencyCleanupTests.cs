using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Http;

public abstract class IdempotencyCleanupTests(Store store) : StoreTests(store)
{
    [Fact]
    public async Task Run_PeriodOver_ForgetsAllBatches()
    {
        await Given.SaveAsync([.. Enumerable.Range(0, 2_100).Select(number => Record($"key-{number}", Now))]);

        await CleanAsync();

        (await Db.IdempotencyRecords.AnyAsync(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_PeriodNotOver_Remembers()
    {
        await Given.SaveAsync(Record("key", Now + TimeSpan.FromMicroseconds(1)));

        await CleanAsync();

        (await Db.IdempotencyRecords.CountAsync(Cancel)).ShouldBe(1);
    }

    private async Task CleanAsync()
    {
        await using var db = NewContext();
        await new IdempotencyCleanup(db, Sql, Clock).RunAsync(Cancel);
    }

    private static IdempotencyRecord Record(string key, DateTimeOffset expiresAt) => new()
    {
        ApiKeyId = new ApiKeyId(7), IdempotencyKey = key, RequestHash = [1], StatusCode = 201, Answer = [2], ExpiresAt = expiresAt,
    };
}
