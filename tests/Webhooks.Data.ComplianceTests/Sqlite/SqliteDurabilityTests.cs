using Microsoft.EntityFrameworkCore;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Sqlite;

/// <summary>What a 202 stands on: a commit is on the disk before it is answered, whichever connection made it.</summary>
public sealed class SqliteDurabilityTests() : StoreTests(new SqliteStore())
{
    private const int Full = 2;

    [Fact]
    public async Task Open_AnyConnection_SyncsTheLogAtEachCommit()
    {
        await using var transaction = await Sql.BeginWriteAsync(Db, Cancel);
        var ofWriter = await Db.Database.SqlQuery<int>($"SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync(Cancel);
        var journal = await Db.Database.SqlQuery<string>($"SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync(Cancel);
        await using var other = NewContext();
        var ofOther = await other.Database.SqlQuery<int>($"SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync(Cancel);

        (ofWriter, ofOther, journal).ShouldBe((Full, Full, "wal"));
    }
}
