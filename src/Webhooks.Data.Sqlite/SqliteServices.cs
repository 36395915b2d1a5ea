using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Data;

namespace Webhooks.Data.Sqlite;

internal static class SqliteServices
{
    /// <summary>The embedded store in one file, <c>webhooks.db</c>, under <paramref name="dataDirectory"/>.</summary>
    public static IServiceCollection AddWebhooksSqlite(this IServiceCollection services, string dataDirectory)
    {
        services.AddSingleton(_ => new SqliteDatabase(Path.Combine(dataDirectory, "webhooks.db")));
        services.AddSingleton<IWebhooksSql, SqliteWebhooksSql>();
        services.AddDbContextFactory<SqliteWebhooksDbContext>((provider, options) => options
            .UseSqlite(provider.GetRequiredService<SqliteDatabase>().ConnectionString)
            .AddInterceptors(new SqliteConnectionInterceptor()));
        services.AddScoped<WebhooksDbContext>(provider => provider.GetRequiredService<SqliteWebhooksDbContext>());
        return services;
    }
}
