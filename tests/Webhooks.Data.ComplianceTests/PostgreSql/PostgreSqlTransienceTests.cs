using System.Security.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Webhooks.Core.Http.Problems;
using Webhooks.Data.PostgreSql;

namespace Webhooks.Data.ComplianceTests.PostgreSql;

/// <summary>Which faults are worth another try.</summary>
public sealed class PostgreSqlTransienceTests
{
    private static readonly PostgreSqlWebhooksSql Sql = new(new PostgreSqlDatabase("Host=none"));

    [Theory]
    [InlineData(PostgresErrorCodes.SerializationFailure)]
    [InlineData(PostgresErrorCodes.DeadlockDetected)]
    [InlineData(PostgresErrorCodes.LockNotAvailable)]
    [InlineData(PostgresErrorCodes.AdminShutdown)]
    [InlineData(PostgresErrorCodes.CannotConnectNow)]
    [InlineData(PostgresErrorCodes.TooManyConnections)]
    [InlineData(PostgresErrorCodes.DiskFull)]
    [InlineData(PostgresErrorCodes.ReadOnlySqlTransaction)]
    public void IsTransient_StateThatPasses_IsTrue(string state) =>
        Sql.IsTransient(new PostgresException("", "ERROR", "ERROR", state)).ShouldBeTrue();

    [Theory]
    [InlineData(PostgresErrorCodes.NotNullViolation)]
    [InlineData(PostgresErrorCodes.RaiseException)]
    [InlineData(PostgresErrorCodes.UndefinedTable)]
    [InlineData(PostgresErrorCodes.InvalidPassword)]
    public void IsTransient_StateThatStays_IsFalse(string state) =>
        Sql.IsTransient(new PostgresException("", "ERROR", "ERROR", state)).ShouldBeFalse();

    [Theory]
    [InlineData("IX_messages_application_id_event_id", true)]
    [InlineData("PK_idempotency_records", true)]
    [InlineData("PK_messages", true)]
    [InlineData("IX_applications_uid", false)]
    public void IsTransient_UniqueViolation_OnlyWhereAnotherLookFindsIt(string constraint, bool expected)
    {
        var fault = new PostgresException("", "ERROR", "ERROR", PostgresErrorCodes.UniqueViolation, constraintName: constraint);

        Sql.IsTransient(fault).ShouldBe(expected);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1")]
    [InlineData("Host=nobody.invalid")]
    public async Task IsTransient_ServerCannotBeReached_IsTrue(string connectionString)
    {
        await using var database = new PostgreSqlDatabase(connectionString);

        var fault = await Record.ExceptionAsync(() => database.BeginAsync(TestContext.Current.CancellationToken));

        Sql.IsTransient(fault.ShouldNotBeNull()).ShouldBeTrue();
        Sql.IsTransient(fault.GetBaseException()).ShouldBeTrue();
    }

    [Fact]
    public async Task Request_ConnectionLostUnderEFCore_IsUnavailableForNow()
    {
        var lost = new NpgsqlException("lost", new IOException("reset", new AuthenticationException()));
        var context = new DefaultHttpContext();

        await new ProblemsMiddleware(
            _ => throw new InvalidOperationException("EF Core's", lost), Sql, NullLogger<ProblemsMiddleware>.Instance).InvokeAsync(context);

        (context.Response.StatusCode, context.Response.Headers.RetryAfter.ToString()).ShouldBe((503, "5"));
    }

    [Fact]
    public void IsTransient_AnyOtherFault_IsFalse() => Sql.IsTransient(new InvalidOperationException()).ShouldBeFalse();
}
