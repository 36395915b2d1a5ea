namespace Webhooks.Data.SqlServer;

internal static class ClockSql
{
    // The moment that it is read at: within a transaction, too, it goes on.
    public const string SelectNow = "SELECT DATEDIFF_BIG(MICROSECOND, '19700101', SYSUTCDATETIME());";
}
