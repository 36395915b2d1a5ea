using Microsoft.EntityFrameworkCore;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Server.Startup;

namespace Webhooks.Server.Demo;

/// <summary>
/// <c>Webhooks.Server demo</c>: fills an empty embedded database with a week that never was, for trials and pictures. The service's own
/// code lives through that week, under a clock that is moved by hand; only the network is played.
/// </summary>
internal static class DemoCommand
{
    public const string Name = "demo";

    public static async Task<int> RunAsync(WebApplicationBuilder builder, IReadOnlyList<string> words)
    {
        var asked = DemoWords.Read(words, TimeProvider.System.GetUtcNow());
        RefuseShared(builder.Configuration);

        await using var service = DemoService.Build(builder, asked);
        await service.OpenAsync();
        await RefuseFilledAsync(service);

        var stage = await DemoStage.BuildAsync(service, asked);
        await new DemoWeek(stage).RunAsync();
        await DemoReport.WriteAsync(stage, Console.Out);
        return 0;
    }

    // A server database is there for something; and a week of one clock in the midst of others' would be nobody's truth.
    private static void RefuseShared(ConfigurationManager configuration)
    {
        if (StorageOptions.Read(configuration).Provider != StorageProvider.Sqlite)
            throw new StartupException(
                $"'{Name}' fills an embedded database only. Leave {StorageOptions.Section}:{nameof(StorageOptions.Provider)} out, or "
                + "set it to Sqlite.");
    }

    private static async Task RefuseFilledAsync(DemoService service)
    {
        if (await service.ReadAsync(db => db.Applications.AnyAsync(a => a.Id != OperationalApplication.Id)))
            throw new StartupException(
                $"'{Name}' fills an empty database only, and this one holds applications; none of its data was changed. Set "
                + $"{DataDirectory.Setting} to another folder.");
    }
}
