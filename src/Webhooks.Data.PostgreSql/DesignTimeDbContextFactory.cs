using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Webhooks.Data.PostgreSql;

/// <summary>For <c>dotnet ef migrations add</c>, which needs a model and no database.</summary>
internal sealed class DesignTimeDbContextFactory : IDesignTimeDbContextFactory<PostgreSqlWebhooksDbContext>
{
    public PostgreSqlWebhooksDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgreSqlWebhooksDbContext>().UseNpgsql("Host=none").Options);
}
