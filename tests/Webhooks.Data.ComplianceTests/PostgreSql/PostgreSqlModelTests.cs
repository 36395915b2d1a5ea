using Microsoft.EntityFrameworkCore;
using Webhooks.Data.ComplianceTests.Stores;
using Webhooks.Data.PostgreSql;

namespace Webhooks.Data.ComplianceTests.PostgreSql;

/// <summary>Needs no server.</summary>
public sealed class PostgreSqlModelTests
{
    [Fact]
    public async Task Model_AgainstTheMigrations_NothingIsMissing()
    {
        await using var database = new PostgreSqlDatabase("Host=none");
        await using var db = PostgreSqlStore.NewContext(database);

        db.Database.HasPendingModelChanges().ShouldBeFalse();
    }
}
