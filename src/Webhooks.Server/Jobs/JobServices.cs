using Hangfire;
using Hangfire.InMemory;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Server.Health;

namespace Webhooks.Server.Jobs;

internal static class JobServices
{
    /// <summary>Hangfire with the delivery process and the recurring jobs. Its own storage is in memory: truth is in our tables.</summary>
    public static IServiceCollection AddWebhooksJobs(this IServiceCollection services)
    {
        services.AddSingleton<ShutdownTimes>();
        services.AddOptions<HostOptions>().Configure<ShutdownTimes>((host, times) => host.ShutdownTimeout = times.Host);

        services.AddHangfire(hangfire => hangfire
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            // A recurring job that fails runs again at its next time; retries on top would only pile up.
            .UseFilter(new AutomaticRetryAttribute { Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete })
            .UseInMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromMinutes(10) }));
        services.AddHangfireServer((provider, server) =>
        {
            var times = provider.GetRequiredService<ShutdownTimes>();
            server.ServerName = "jobs";
            server.WorkerCount = 2;
            server.SchedulePollingInterval = TimeSpan.FromSeconds(1);
            (server.StopTimeout, server.ShutdownTimeout) = (times.Stop, times.Shutdown);
        });
        services.AddTaskServer();
        services.AddRetentionServer();

        services.AddSingleton<DeliveryProcess>();
        services.AddHostedService<DeliveryServer>();
        services.AddPumpHealth();
        services.AddHostedService<RecurringJobs>();
        services.AddScoped<LeaseSweep>().AddScoped<EndpointCleanup>().AddScoped<IdempotencyCleanup>().AddScoped<BackgroundTaskCleanup>()
            .AddScoped<OperationalRelay>();
        return services;
    }

    /// <summary>Workers of their own for tasks: these may take hours, and lease sweeps must not wait for them.</summary>
    private static void AddTaskServer(this IServiceCollection services)
    {
        services.AddHangfireServer((provider, server) =>
        {
            server.ServerName = "tasks";
            server.Queues = [BackgroundTaskJob.Queue];
            server.WorkerCount = 2;
            server.IsLightweightServer = true; // the other one looks after recurring jobs
            var times = provider.GetRequiredService<ShutdownTimes>();
            (server.StopTimeout, server.ShutdownTimeout) = (times.Stop, times.Shutdown);
        });
        services.AddSingleton<TasksUnderWay>();
        services.AddScoped<BackgroundTaskJob>();
        services.AddHostedService<BackgroundTaskStarter>();
    }

    /// <summary>Workers of their own for retention: a run may take most of an hour, and nothing else waits for it.</summary>
    private static void AddRetentionServer(this IServiceCollection services) => services.AddHangfireServer((provider, server) =>
    {
        server.ServerName = "retention";
        server.Queues = [RecurringJobs.RetentionQueue];
        server.WorkerCount = 3; // payloads, attempts and messages; the others are few
        server.IsLightweightServer = true;
        var times = provider.GetRequiredService<ShutdownTimes>();
        (server.StopTimeout, server.ShutdownTimeout) = (times.Stop, times.Shutdown);
    });
}
