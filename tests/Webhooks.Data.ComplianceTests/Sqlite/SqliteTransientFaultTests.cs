using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Webhooks.Core.Data;
using Webhooks.Data.Sqlite;

namespace Webhooks.Data.ComplianceTests.Sqlite;

public sealed class SqliteTransientFaultTests
{
    private const int Busy = 5, Constraint = 19;

    [Theory]
    [InlineData(Busy, true)]
    [InlineData(Constraint, false)]
    public void IsPassing_AsTheEngineSaysIt_OrWithinAFaultOfSaving(int code, bool isPassing)
    {
        using var database = new SqliteDatabase("never opened");
        var resilience = new DatabaseResilience(new SqliteWebhooksSql(database), new FakeTimeProvider());
        var fault = new SqliteException("", code);

        resilience.IsPassing(fault).ShouldBe(isPassing);
        resilience.IsPassing(new DbUpdateException("", fault)).ShouldBe(isPassing);
    }
}
