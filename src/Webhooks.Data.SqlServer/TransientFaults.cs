using Microsoft.Data.SqlClient;

namespace Webhooks.Data.SqlServer;

/// <summary>Which faults may be over at the next try.</summary>
internal static class TransientFaults
{
    // https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors
    // https://learn.microsoft.com/azure/azure-sql/database/troubleshoot-common-errors-issues
    private static readonly HashSet<int> Numbers =
    [
        -2, // the command timed out
        -1, 2, 20, 53, 64, 121, 233, 258, 10053, 10054, 10060, 10061, 11001, // the connection failed or was lost
        596, 6005, // the session was killed, the server shuts down
        1105, 9002, // the data files or the log are full, and may be freed
        1204, 1205, 1222, // no lock to be had, a deadlock's victim, waited too long for a lock
        701, 802, 8628, 8645, 8651, // no memory, or waited too long for it
        921, 922, 924, 927, 945, 976, 983, 3906, // the database recovers, or is just now on another replica
        4060, 4221, 40143, 40166, 40197, 40501, 40540, 40613, 10928, 10929, 42108, 42109, 49918, 49919, 49920, // Azure SQL is moved or busy
        2601, 2627, // another node wrote the same key first: the next try finds what it wrote
        WriteLockSql.NotGranted,
    ];

    /// <summary>The error that breaks the connection from this severity on: whatever it was, another connection may fare better.</summary>
    private const int Fatal = 20;

    public static bool Is(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is TimeoutException || (cause is SqlException sql && Is(sql)))
                return true;
        }

        return false;
    }

    private static bool Is(SqlException fault) =>
        fault.Class >= Fatal || fault.Errors.Cast<SqlError>().Any(error => Numbers.Contains(error.Number));
}
