using System.Net.Sockets;
using Npgsql;

namespace Webhooks.Data.PostgreSql;

/// <summary>Which faults may be over at the next try.</summary>
internal static class TransientFaults
{
    private const string IdleInTransactionSessionTimeout = "25P03";

    // What two nodes may take at once without a lock in between. Whoever comes second looks again, and finds it taken.
    private static readonly string[] TakenTogether = ["PK_messages", "IX_messages_application_id_event_id", "PK_idempotency_records"];

    // Beside those that Npgsql calls transient (https://www.postgresql.org/docs/current/errcodes-appendix.html).
    private static readonly string[] PassingStates =
    [
        PostgresErrorCodes.SerializationFailure, PostgresErrorCodes.DeadlockDetected, PostgresErrorCodes.LockNotAvailable,
        PostgresErrorCodes.AdminShutdown, PostgresErrorCodes.CrashShutdown, IdleInTransactionSessionTimeout,
        PostgresErrorCodes.ReadOnlySqlTransaction,
    ];

    public static bool Is(Exception fault) => fault switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } taken => TakenTogether.Contains(taken.ConstraintName),
        PostgresException refused => refused.IsTransient || PassingStates.Contains(refused.SqlState),
        NpgsqlException lost => lost.IsTransient,
        IOException or SocketException or TimeoutException => true, // what lies under the one above
        _ => false,
    };

    /// <summary>What took too long would take as long again.</summary>
    public static bool IsSoonOver(Exception fault) => fault is not (TimeoutException or { InnerException: TimeoutException }) && Is(fault);
}
