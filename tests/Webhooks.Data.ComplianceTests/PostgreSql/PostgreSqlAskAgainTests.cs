using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using Webhooks.Data.ComplianceTests.Stores;
using Webhooks.Data.PostgreSql;

namespace Webhooks.Data.ComplianceTests.PostgreSql;

/// <summary>A read that a passing fault ended is asked again, and nothing that may have written.</summary>
public sealed class PostgreSqlAskAgainTests() : PostgreSqlStoreTests(new PostgreSqlStore())
{
    [Fact]
    public async Task Read_ConnectionIsLost_IsAskedAgain()
    {
        var application = await Given.ApplicationAsync();
        var faults = new Faults(times: 2, () => new NpgsqlException("lost", new IOException("reset")));
        await using var db = NewContext(faults);

        var found = await db.Applications.SingleAsync(a => a.Id == application, Cancel);

        (found.Id, faults.Asked).ShouldBe((application, 3));
    }

    [Fact]
    public async Task Read_ConnectionIsLostEachTime_TellsTheEnginesOwnFault()
    {
        var faults = new Faults(times: 99, () => new NpgsqlException("lost", new IOException("reset")));
        await using var db = NewContext(faults);

        var fault = await Should.ThrowAsync<NpgsqlException>(() => db.Applications.ToListAsync(Cancel));

        (Sql.IsTransient(fault), faults.Asked).ShouldBe((true, 4));
    }

    [Fact]
    public async Task Read_TookTooLong_IsNotAskedAgain()
    {
        var faults = new Faults(times: 1, () => new NpgsqlException("slow", new TimeoutException()));
        await using var db = NewContext(faults);

        await Should.ThrowAsync<NpgsqlException>(() => db.Applications.ToListAsync(Cancel));

        faults.Asked.ShouldBe(1);
    }

    [Fact]
    public async Task Read_InATransaction_IsForWhoeverBeganIt()
    {
        var faults = new Faults(times: 1, () => new NpgsqlException("lost", new IOException("reset")));
        await using var db = NewContext(faults);
        await using var transaction = await Sql.BeginWriteAsync(db, Cancel);

        await Should.ThrowAsync<NpgsqlException>(() => db.Applications.ToListAsync(Cancel));

        faults.Asked.ShouldBe(1);
    }

    private PostgreSqlWebhooksDbContext NewContext(Faults faults) =>
        new(new DbContextOptionsBuilder<PostgreSqlWebhooksDbContext>().UseDatabase(Store.Database).AddInterceptors(faults).Options);

    /// <summary>Breaks the first statements that ask for applications.</summary>
    private sealed class Faults(int times, Func<NpgsqlException> fault) : DbCommandInterceptor
    {
        public int Asked { get; private set; }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken) =>
            command.CommandText.Contains("FROM applications", StringComparison.Ordinal) && ++Asked <= times ? throw fault() : new(result);
    }
}
