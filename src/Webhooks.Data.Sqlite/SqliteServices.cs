using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Webhooks.Core.Data;

namespace Webhooks.Data.Sqlite;

internal static class SqliteServices
{
    /// <summary>The embedded store in one file, <c>webhooks.db</c>, under <paramref name="dataDirectory"/>.</summary>
    public static IServiceCollection AddWebhooksSqlite(this IServiceCollection services, string dataDirectory)
    {
        services.AddSingleton(_ => new SqliteDatabase(PathOf(dataDirectory)));
        services.AddSingleton<IWebhooksSql, SqliteWebhooksSql>();
        services.AddDbContextFactory<SqliteWebhooksDbContext>((provider, options) => options
            .UseSqlite(provider.GetRequiredService<SqliteDatabase>().ConnectionString)
            .AddInterceptors(new SqliteConnectionInterceptor(provider.GetRequiredService<SqliteDatabase>())));
        services.AddScoped<WebhooksDbContext>(provider => provider.GetRequiredService<SqliteWebhooksDbContext>());
        return services;
    }

    /// <summary>For a file that is filled in one go and can be filled anew: commits do not wait for the disk.</summary>
    public static IServiceCollection SkipSyncs(this IServiceCollection services, string dataDirectory) =>
        services.Replace(ServiceDescriptor.Singleton(_ => new SqliteDatabase(PathOf(dataDirectory)) { Syncs = false }));

    private static string PathOf(string dataDirectory) => Path.Combine(dataDirectory, "webhooks.db");
}
