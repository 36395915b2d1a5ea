using System.Data.Common;

namespace Webhooks.Data.Sqlite;

/// <summary>What every connection sets. The journal mode is a property of the file and is set where the file is made.</summary>
internal static class SqlitePragmas
{
    // wal_autocheckpoint=8192 (32 MB): under load the same index pages change in every commit, so the longer the log, the fewer times
    // each is copied to the file and synced there. The price is a log of that size, which a start after a crash reads once.
    // synchronous=FULL syncs the log at each commit: a 202 survives power loss (https://sqlite.org/pragma.html#pragma_synchronous).
    private const string EachConnection =
        "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=8192; PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY;";

    private const string WithoutSyncs = EachConnection + "PRAGMA synchronous=OFF;";

    public static void Apply(DbConnection connection, bool syncs)
    {
        using var command = connection.CreateCommand();
        command.CommandText = syncs ? EachConnection : WithoutSyncs;
        command.ExecuteNonQuery();
    }
}
