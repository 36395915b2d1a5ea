using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Data;

namespace Webhooks.Data.PostgreSql;

internal static class PostgreSqlServices
{
    /// <summary>The store in the PostgreSQL database that <paramref name="connectionString"/> names; several nodes may share it.</summary>
    public static IServiceCollection AddWebhooksPostgreSql(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(_ => new PostgreSqlDatabase(connectionString));
        services.AddSingleton<IWebhooksSql, PostgreSqlWebhooksSql>();
        services.AddDbContextFactory<PostgreSqlWebhooksDbContext>((provider, options) => options
            .UseDatabase(provider.GetRequiredService<PostgreSqlDatabase>()));
        services.AddScoped<WebhooksDbContext>(provider => provider.GetRequiredService<PostgreSqlWebhooksDbContext>());
        services.AddHostedService<ReadyNotifier>();
        services.AddHostedService<ReadyListener>();
        return services;
    }

    public static TOptions UseDatabase<TOptions>(this TOptions options, PostgreSqlDatabase database) where TOptions : DbContextOptionsBuilder
    {
        options.UseNpgsql(
            database.Source, npgsql => npgsql.ExecutionStrategy(dependencies => new AskAgain(dependencies, TransientFaults.IsSoonOver)));
        return options;
    }
}
