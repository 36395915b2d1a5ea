using Webhooks.Core.Deliveries;
using Webhooks.Server.Demo.Cast;

namespace Webhooks.Server.Demo.People;

/// <summary>Who runs the service and looks after endpoints, and what befalls it meanwhile.</summary>
internal sealed class Operators(DemoStage stage, DemoSending sending)
{
    /// <summary>How long before the week's end a task is begun that is not done by then.</summary>
    private static readonly TimeSpan TaskUnderWay = TimeSpan.FromSeconds(9);

    /// <summary>At noon somebody restores a backup on the same disk, and nothing is claimed.</summary>
    private static readonly TimeSpan Stalled = new(4, 12, 0, 0);

    private static readonly TimeSpan Stall = TimeSpan.FromMinutes(14);

    private StagedEndpoint Picky => stage.Endpoints[Roles.Picky];

    public IEnumerable<Act> Acts =>
    [
        After(new TimeSpan(3, 13, 20, 0), RecoverAsync),
        After(Stalled, () => Done(() => sending.Stall(Stall))),
        After(Stalled + Stall / 2, LookAsync),
        After(new TimeSpan(5, 14, 0, 0), BeginByMistakeAsync),
        After(new TimeSpan(6, 13, 0, 0), () => Done(() => sending.Crash(new NodeName("webhooks-1-18-b7302e")))),
        Before(TimeSpan.FromHours(30), DiscardLostAsync),
        Before(TimeSpan.FromHours(26), () => stage.Api.PostAsync(
            $"{stage.Endpoints[Roles.Paused].Path}/pause", new { note = "Das Studio zieht um; ab Montag wieder erreichbar." })),
        Before(TimeSpan.FromHours(20), () => stage.Api.PostAsync("/stats/usage/app", new { since = stage.Since, until = stage.Now })),
        Before(TaskUnderWay, ReplayAsync),
    ];

    private Task RecoverAsync() => stage.Api.PostAsync($"{Picky.Path}/recover", new { since = stage.Since });

    private async Task BeginByMistakeAsync()
    {
        var task = await stage.Api.PostAsync($"{stage.Endpoints[Roles.Maintained].Path}/bulk-replay", new { since = stage.Since });
        await stage.Api.PostAsync($"/background-task/{task.GetProperty("id").GetString()}/cancel");
    }

    /// <summary>Whoever looks at the right time sees that the service does not keep up.</summary>
    private static Task LookAsync() => Task.CompletedTask;

    private Task DiscardLostAsync() => stage.Api.PostAsync("/dead-letter/discard", new
    {
        appId = stage.Endpoints[Roles.Dead].Application,
        endpointId = Roles.Dead,
        before = stage.Until - TimeSpan.FromHours(54),
        reason = "Fjellheim has entered these bookings by hand.",
    });

    private Task ReplayAsync() => stage.Api.PostAsync("/dead-letter/replay", new
    {
        appId = stage.Endpoints[Roles.AtMostOnce].Application, endpointId = Roles.AtMostOnce, ratePerSecond = 1,
    });

    private Act After(TimeSpan into, Func<Task> doAsync) => new(stage.Midnight + into, doAsync);

    private Act Before(TimeSpan left, Func<Task> doAsync) => new(stage.Until - left, doAsync);

    private static Task Done(Action act)
    {
        act();
        return Task.CompletedTask;
    }
}
