using Microsoft.Data.Sqlite;
using Webhooks.Core.Deliveries;

namespace Webhooks.Benchmarks.Seeding;

/// <summary>Looks into a server's database from outside, without taking part in it.</summary>
internal static class Books
{
    // The wal-index header: version, padding, and a counter that rises with each commit (https://sqlite.org/walformat.html#the_wal_index_header).
    private const int ChangeCounterOffset = 8;

    /// <summary>How many transactions were committed since the log was opened, by whomever.</summary>
    public static uint Commits(DataFolder folder)
    {
        using var index = new FileStream(File(folder) + "-shm", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> counter = stackalloc byte[4];
        index.Position = ChangeCounterOffset;
        index.ReadExactly(counter);
        return BitConverter.ToUInt32(counter);
    }

    /// <summary>How many deliveries are delivered, and how many are anything else.</summary>
    public static (long Delivered, long Others) Deliveries(DataFolder folder)
    {
        using var connection = new SqliteConnection($"Data Source={File(folder)};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(sum(state = $delivered), 0), coalesce(sum(state <> $delivered), 0) FROM deliveries";
        command.Parameters.AddWithValue("$delivered", (int)DeliveryState.Delivered);
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private static string File(DataFolder folder) => Path.Combine(folder.Path, "webhooks.db");
}
