using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.BackgroundTasks.Replays;
using Webhooks.Core.BackgroundTasks.Usage;
using Webhooks.Core.DeadLetters.Bulk;

namespace Webhooks.Core.BackgroundTasks;

internal static class BackgroundTaskServices
{
    /// <summary>Tasks and what runs one. When they run is the host's business.</summary>
    public static IServiceCollection AddBackgroundTasks(this IServiceCollection services) => services
        .AddSingleton<TaskSignal>()
        .AddScoped<BackgroundTaskRegistry>()
        .AddScoped<ReplayStart>()
        .AddScoped<SentMessages>()
        .AddScoped<MissingMessages>()
        .AddScoped<ReplayStep>()
        .AddScoped<UsageStep>()
        .AddScoped<DeadLetterPages>()
        .AddScoped<DeadLetterReplayStep>()
        .AddScoped<DeadLetterDiscardStep>()
        .AddScoped<DeadLetterBulkStart>()
        .AddScoped<BackgroundTaskRunner>();
}
