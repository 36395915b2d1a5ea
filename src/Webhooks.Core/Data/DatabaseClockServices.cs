using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Core.Data;

internal static class DatabaseClockServices
{
    /// <summary>Makes the database's time everybody's: for engines that several machines share.</summary>
    public static IServiceCollection AddDatabaseClock(this IServiceCollection services) => services
        .AddSingleton(_ => new DatabaseClock(TimeProvider.System))
        .AddSingleton<TimeProvider>(provider => provider.GetRequiredService<DatabaseClock>())
        .AddSingleton<DatabaseClockSync>()
        .AddHostedService(provider => provider.GetRequiredService<DatabaseClockSync>());
}
