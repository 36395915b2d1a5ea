using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Webhooks.Data.SqlServer;

/// <summary>For <c>dotnet ef migrations add</c>, which needs a model and no server.</summary>
internal sealed class DesignTimeDbContextFactory : IDesignTimeDbContextFactory<SqlServerWebhooksDbContext>
{
    public SqlServerWebhooksDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlServerWebhooksDbContext>().UseSqlServer().Options);
}
