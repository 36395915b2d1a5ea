using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Webhooks.Core.Operators;

namespace Webhooks.Dashboard.Tests.Hosting;

/// <summary>People with other roles than the first administrator's, as rows of the server's database.</summary>
internal static class People
{
    public const string Viewer = "vera";

    /// <summary>Somebody who may look and not act; signs in with the same password as the administrator.</summary>
    public static async Task AddViewerAsync(this DashboardSite site, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection($"Data Source={site.Home.DatabaseFile}");
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO operators (id, role, display_name, created_at, user_name, normalized_user_name, email_confirmed, password_hash,
                                   security_stamp, two_factor_enabled, lockout_enabled, access_failed_count)
            VALUES ($id, $role, $name, 0, $name, $normalized, 0, $hash, 'stamp', 0, 0, 0)
            ON CONFLICT DO NOTHING
            """;
        command.Parameters.AddWithValue("$id", Enumerable.Repeat((byte)7, 16).ToArray());
        command.Parameters.AddWithValue("$role", (int)OperatorRole.Viewer);
        command.Parameters.AddWithValue("$name", Viewer);
        command.Parameters.AddWithValue("$normalized", Viewer.ToUpperInvariant());
        command.Parameters.AddWithValue("$hash", new PasswordHasher<object>().HashPassword(Viewer, DashboardSite.Password));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
