using System.Text.Json.Nodes;
using Webhooks.Server.Demo.Cast;
using Webhooks.Server.Demo.Weather;

namespace Webhooks.Server.Demo;

/// <summary>What is there before the week begins. It came over weeks: the clock moves on with each customer.</summary>
internal sealed class DemoSetUp(DemoStage stage)
{
    private static readonly TimeSpan AWhile = TimeSpan.FromMinutes(7);
    private static readonly string[] StatusPage = ["endpoint.disabled", "message.attempt.exhausted"];
    private static readonly string[] Recipients = ["on-call@ops.example", "leitung@ops.example"];

    public async Task RunAsync()
    {
        await AddEventTypesAsync();
        await AddOperatorsAsync();
        foreach (var application in Company.Applications)
        {
            stage.Clock.MoveTo(stage.Until - TimeSpan.FromDays(application.DaysBefore) + TimeSpan.FromHours(2));
            await AddAsync(application);
        }

        await AddKeysAsync();
        await AddPoliciesAsync();
        stage.Clock.MoveTo(stage.Since);
    }

    private async Task AddEventTypesAsync()
    {
        foreach (var kind in EventCatalogue.Kinds)
        {
            stage.Clock.MoveBy(AWhile);
            var schema = Payloads.SchemaOf(kind, Payloads.Of(kind, new Draw(stage.Chance, stage.Now)));
            await stage.Api.PostAsync("/event-type", new
            {
                name = kind.Name, description = kind.Description, deprecated = kind.Deprecated, schemas = new JsonObject { ["1"] = schema },
            });
        }
    }

    /// <summary>Whom the operators tell, and what they are told of.</summary>
    private async Task AddOperatorsAsync()
    {
        stage.Clock.MoveBy(AWhile);
        await stage.Api.PostAsync("/operational-webhook/endpoint", new
        {
            url = "https://status.ops.example/webhooks", description = "Status page",
            filterTypes = StatusPage,
        });
    }

    private async Task AddAsync(CastApplication application)
    {
        await stage.Api.PostAsync("/app", new { application.Name, application.Uid, application.ThrottleRate, application.Metadata });
        foreach (var endpoint in application.Endpoints)
        {
            stage.Clock.MoveBy(AWhile);
            stage.Add(application.Uid, endpoint, await stage.Api.PostAsync($"/app/{application.Uid}/endpoint", endpoint));
        }
    }

    private async Task AddKeysAsync()
    {
        await KeyAsync(new { name = "Shop platform, production", scope = "publish" });
        await KeyAsync(new { name = "Billing, production", scope = "publish", requestsPerSecond = 50 });
        await KeyAsync(new { name = "Zelkova's own portal", scope = "application", applicationId = "zelkova" });
        await KeyAsync(new { name = "Load test", scope = "publish", expiresAt = stage.Since });
        var old = await KeyAsync(new { name = "Shop platform, until the move", scope = "full" });
        stage.Clock.MoveBy(AWhile);
        await stage.Api.DeleteAsync($"/api-key/{old}");
    }

    private async Task<string> KeyAsync(object key)
    {
        stage.Clock.MoveBy(AWhile);
        return (await stage.Api.PostAsync("/api-key", key)).GetProperty("id").GetString()!;
    }

    private async Task AddPoliciesAsync()
    {
        var slack = await ChannelAsync("Support team", "slack", new
        {
            url = $"https://slack.ops.example/services/{PlayedChannel.RemovedWorkspace}/B01/x1",
        });
        var teams = await ChannelAsync("Operations", "teams", new { url = "https://teams.ops.example/workflows/8c1d/triggers/manual" });
        var mail = await ChannelAsync("On-call mail", "email", new
        {
            host = "smtp.ops.example", from = "Webhooks <alerts@ops.example>", to = Recipients,
        });
        var pager = await ChannelAsync("On-call pager", "pagerDuty", new
        {
            routingKey = "0123456789abcdef0123456789abcdef", url = "https://pager.ops.example",
        });
        var tickets = await ChannelAsync("Ticket system", "webhook", new
        {
            url = "https://tickets.ops.example/alerts", secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
        });
        await PolicyAsync("On call", null, 720, Step(0, slack, tickets), Step(15, teams, mail), Step(45, pager));
        await PolicyAsync("Clinics", "zelkova", 240, Step(0, pager, mail), Step(10, teams));
    }

    private async Task PolicyAsync(string name, string? applicationId, int repeatEveryMinutes, params object[] steps) =>
        await stage.Api.PostAsync("/escalation-policy", new { name, applicationId, steps, repeatEveryMinutes });

    private async Task<string> ChannelAsync(string name, string type, object settings)
    {
        stage.Clock.MoveBy(AWhile);
        return (await stage.Api.PostAsync("/channel", new { name, type, settings })).GetProperty("id").GetString()!;
    }

    private static object Step(int afterMinutes, params string[] channels) => new { afterMinutes, channels };
}
