using Hangfire;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Server.Health;
using Webhooks.Server.Startup;

namespace Webhooks.Server.Jobs;

internal static class JobServices
{
    /// <summary>Everything that works in the background: what each worker does by itself, and the jobs that one node at a time does.</summary>
    public static IServiceCollection AddWebhooksJobs(this IServiceCollection services, Storage storage)
    {
        services.AddSingleton<ShutdownTimes>();
        services.AddOptions<HostOptions>().Configure<ShutdownTimes>((host, times) => host.ShutdownTimeout = times.Host);

        var local = new LocalJobs();
        services.AddSingleton(local);
        services.AddRecurringJobs();
        services.AddTaskServer(local, storage.IsShared);

        services.AddSingleton<DeliveryProcess>();
        services.AddSingleton<WorkerProcesses>();
        services.AddHostedService<DeliveryServer>();
        services.AddPumpHealth();
        return services.AddScoped<OperationalRelay>();
    }

    private static void AddRecurringJobs(this IServiceCollection services)
    {
        services.AddHangfireServer((provider, server) =>
        {
            var times = provider.GetRequiredService<ShutdownTimes>();
            server.ServerName = "jobs";
            server.WorkerCount = 2;
            server.IsLightweightServer = true; // the schedule is looked after below
            (server.StopTimeout, server.ShutdownTimeout) = (times.Stop, times.Shutdown);
        });
        services.AddHostedService<ScheduleServer>();
        services.AddScoped<EndpointCleanup>().AddScoped<IdempotencyCleanup>().AddScoped<BackgroundTaskCleanup>();
        services.AddRetentionServer();
    }

    /// <summary>Workers of their own for tasks: these may take hours.</summary>
    private static void AddTaskServer(this IServiceCollection services, LocalJobs local, bool isShared)
    {
        services.AddHangfireServer(
            (provider, server) =>
            {
                var times = provider.GetRequiredService<ShutdownTimes>();
                server.ServerName = "tasks";
                server.Queues = [BackgroundTaskJob.Queue];
                server.WorkerCount = 2;
                (server.StopTimeout, server.ShutdownTimeout) = (times.Stop, times.Shutdown);
            },
            local.Storage);
        services.AddSingleton<TasksUnderWay>();
        services.AddScoped<BackgroundTaskJob>();
        services.AddScoped<TaskTakeover>();
        services.AddSingleton(new TaskSharing(isShared));
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
