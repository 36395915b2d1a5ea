using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Data;

namespace Webhooks.Data.SqlServer;

internal static class SqlServerServices
{
    /// <summary>The store in a database of SQL Server 2019 or later, or of Azure SQL.</summary>
    public static IServiceCollection AddWebhooksSqlServer(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(_ => new SqlServerDatabase(() => new SqlConnection(connectionString)));
        services.AddSingleton<IWebhooksSql, SqlServerWebhooksSql>();
        services.AddDbContextFactory<SqlServerWebhooksDbContext>(options => options.UseDatabase(connectionString));
        services.AddScoped<WebhooksDbContext>(provider => provider.GetRequiredService<SqlServerWebhooksDbContext>());
        return services;
    }

    public static TOptions UseDatabase<TOptions>(this TOptions options, string connectionString) where TOptions : DbContextOptionsBuilder
    {
        options.UseSqlServer(
            connectionString, server => server.ExecutionStrategy(dependencies => new AskAgain(dependencies, TransientFaults.IsSoonOver)));
        return options;
    }
}
