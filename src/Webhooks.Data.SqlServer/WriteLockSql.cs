namespace Webhooks.Data.SqlServer;

/// <summary>
/// One writer at a time among all that goes through EF Core, over all nodes: such code looks first whether a uid or an idempotency key is
/// free and then writes it, which holds only while nobody writes between. The three hot paths do not take part.
/// </summary>
internal static class WriteLockSql
{
    /// <summary>The error that says that the lock was not granted.</summary>
    public const int NotGranted = 50_001;

    // Belongs to the transaction, so that its end gives it back, whatever the end is.
    public const string Enter = """
        DECLARE @granted int;
        EXEC @granted = sp_getapplock
            @Resource = N'webhooks.write', @LockMode = N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = 20000;
        IF @granted < 0
            THROW 50001, N'Other writers did not end in time.', 1;
        """;
}
