namespace Webhooks.Data.SqlServer;

internal static class MigrationSql
{
    // Readers see what is committed and wait for no writer: the API's lists never stand still behind the hot paths. Without it all is as
    // correct, but slower. NO_WAIT: while others are connected it fails at once, where it would otherwise wait for them to leave.
    public const string ReadCommittedSnapshot = """
        IF EXISTS (SELECT 1 FROM sys.databases WHERE database_id = DB_ID() AND is_read_committed_snapshot_on = 0)
            ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH NO_WAIT;
        """;
}
