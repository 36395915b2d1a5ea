using Microsoft.EntityFrameworkCore;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Data;

/// <summary>Nodes that start on one database, of which nothing is there yet.</summary>
public abstract class MigrationTests(SharedStore store) : SharedStoreTests(store)
{
    [Fact]
    public async Task Migrate_ManyNodesStartTogether_OneMigratesAndAllGoOn()
    {
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => Shared.MigrateAsync(Cancel), Cancel)));

        (await Db.Database.GetPendingMigrationsAsync(Cancel)).ShouldBeEmpty();
        (await Db.Database.GetAppliedMigrationsAsync(Cancel)).ShouldNotBeEmpty();
        (await Db.Applications.CountAsync(Cancel)).ShouldBe(1);
    }

    public override async ValueTask InitializeAsync() => await Shared.CreateEmptyAsync(Cancel);
}
