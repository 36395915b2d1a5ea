using System.ComponentModel;
using Microsoft.Data.SqlClient;

namespace Webhooks.Data.SqlServer;

/// <summary>Which faults may be over at the next try.</summary>
internal static class TransientFaults
{
    // https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors
    // https://learn.microsoft.com/azure/azure-sql/database/troubleshoot-common-errors-issues
    private static readonly HashSet<int> Numbers =
    [
        TimedOut,
        -1, 2, 20, 53, 64, 121, 233, 258, 10053, 10054, 10060, 10061, 11001, // the connection failed or was lost
        596, 6005, // the session was killed, the server shuts down
        1105, 9002, // the data files or the log are full, and may be freed
        1204, 1205, 1222, // no lock to be had, a deadlock's victim, waited too long for a lock
        701, 802, 8628, 8645, 8651, // no memory, or waited too long for it
        921, 922, 924, 927, 945, 976, 983, 3906, // the database recovers, or is just now on another replica
        4060, 4221, 40143, 40166, 40197, 40501, 40540, 40613, 10928, 10929, 42108, 42109, 49918, 49919, 49920, // Azure SQL is moved or busy
        WriteLockSql.NotGranted,
    ];

    /// <summary>The client's own: the server did not answer within the command's time.</summary>
    private const int TimedOut = -2;

    /// <summary>The error that breaks the connection from this severity on: whatever it was, another connection may fare better.</summary>
    private const int Fatal = 20;

    // A unique index, a unique constraint.
    private const int DuplicateKey = 2601, DuplicateConstraint = 2627;

    // What two nodes may take at once without a lock in between. Whoever comes second looks again, and finds it taken.
    private static readonly string[] TakenTogether = ["'PK_messages'", "'IX_messages_application_id_event_id'", "'PK_idempotency_records'"];

    public static bool Is(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            // A lost connection has the stream's or the socket's own fault, or the system's, at its bottom.
            if (cause is TimeoutException or IOException or Win32Exception || (cause is SqlException sql && Is(sql)))
                return true;
        }

        return false;
    }

    /// <summary>What took too long would take as long again.</summary>
    public static bool IsSoonOver(Exception fault) =>
        fault is not (TimeoutException or SqlException { Number: TimedOut } or { InnerException: TimeoutException }) && Is(fault);

    private static bool Is(SqlException fault) =>
        fault.Class >= Fatal || fault.Errors.Cast<SqlError>().Any(error => Is(error.Number, error.Message));

    /// <param name="message">Names the index or constraint, in whatever language.</param>
    internal static bool Is(int number, string message) => number is DuplicateKey or DuplicateConstraint
        ? TakenTogether.Any(name => message.Contains(name, StringComparison.Ordinal))
        : Numbers.Contains(number);
}
