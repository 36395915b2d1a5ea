using Webhooks.Core.Deliveries;
using Webhooks.Server.Demo.Cast;
using Webhooks.Server.Demo.Weather;

namespace Webhooks.Server.Demo.People;

/// <summary>Who runs the service and looks after endpoints, and what befalls it meanwhile.</summary>
internal sealed class Operators(DemoStage stage, DemoSending sending)
{
    /// <summary>How long before the week's end a task is begun that is not done by then.</summary>
    private static readonly TimeSpan TaskUnderWay = TimeSpan.FromSeconds(9);

    private static readonly TimeSpan Stall = TimeSpan.FromMinutes(14);

    private StagedEndpoint Picky => stage.Endpoints[Roles.Picky];

    public IEnumerable<Act> Acts =>
    [
        After(new TimeSpan(2, 2, 20, 0), RecoverAsync),
        After(new TimeSpan(3, 2, 0, 0), () => Done(() => sending.Stall(Stall))),
        After(new TimeSpan(4, 7, 0, 0), BeginByMistakeAsync),
        .. Enumerable.Range(0, 20).Select(turn => After(new TimeSpan(5, 14, 0, 0) + turn * TimeSpan.FromMinutes(3), CrashOnceAsync)),
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

    /// <summary>At a moment when something is under way: otherwise nobody would notice.</summary>
    private Task CrashOnceAsync() => Done(() => sending.CrashOnce(new NodeName("webhooks-1-18-b7302e")));

    private Task DiscardLostAsync() => stage.Api.PostAsync("/dead-letter/discard", new
    {
        appId = stage.Endpoints[Roles.Dead].Application,
        endpointId = Roles.Dead,
        before = stage.Since + Climates.HostGone + TimeSpan.FromDays(4),
        reason = "Fjellheim has entered these bookings by hand.",
    });

    private Task ReplayAsync() => stage.Api.PostAsync("/dead-letter/replay", new
    {
        appId = stage.Endpoints[Roles.AtMostOnce].Application, endpointId = Roles.AtMostOnce, ratePerSecond = 1,
    });

    private Act After(TimeSpan into, Func<Task> doAsync) => new(stage.Since + into, doAsync);

    private Act Before(TimeSpan left, Func<Task> doAsync) => new(stage.Until - left, doAsync);

    private static Task Done(Action act)
    {
        act();
        return Task.CompletedTask;
    }
}
