using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Server.Startup;

namespace Webhooks.Server.Demo;

/// <summary>Tells what was made, and how to look at it.</summary>
internal static class DemoReport
{
    public static async Task WriteAsync(DemoStage stage, TextWriter output)
    {
        var made = await stage.Service.ReadAsync(CountAsync);
        await output.WriteLineAsync($"""

              A week of webhooks, {stage.Since:yyyy-MM-dd HH:mm} to {stage.Until:yyyy-MM-dd HH:mm} UTC, is in {stage.Service.Folder}

            {string.Join(Environment.NewLine, made.Select(line => $"    {line.Count,9:N0} {line.Of}"))}

              All of it is invented, and nothing of it was ever sent. The server tries what still waits; its hosts do not exist.

                Start    Webhooks.Server --{DataDirectory.Setting}={stage.Service.Folder}
                API key  {stage.Key}

            """);
    }

    private static async Task<IReadOnlyList<(int Count, string Of)>> CountAsync(WebhooksDbContext db) =>
    [
        (await db.Applications.CountAsync(a => a.Id != OperationalApplication.Id), "applications"),
        (await db.Endpoints.CountAsync(e => e.ApplicationId != OperationalApplication.Id), "endpoints"),
        (await db.Messages.CountAsync(), "messages"),
        (await db.Deliveries.CountAsync(), "deliveries"),
        (await db.Attempts.CountAsync(), "attempts"),
        (await db.DeadLetters.CountAsync(), "dead letters and held deliveries"),
        (await db.Incidents.CountAsync(), "incidents"),
        (await db.Notifications.CountAsync(), "notifications"),
        (await db.LedgerSeals.CountAsync(), "sealed days"),
    ];
}
