using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Webhooks.Data.Sqlite;

/// <summary>For <c>dotnet ef migrations add</c>, which needs a model and no database.</summary>
internal sealed class DesignTimeDbContextFactory : IDesignTimeDbContextFactory<SqliteWebhooksDbContext>
{
    public SqliteWebhooksDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteWebhooksDbContext>().UseSqlite("Data Source=:memory:").Options);
}
