using System.Text.Json;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Ledger;
using Webhooks.Server.Demo.Cast;
using Webhooks.Server.Demo.Weather;

namespace Webhooks.Server.Demo;

/// <summary>What the week is played on: the service, who is there, and chance.</summary>
internal sealed class DemoStage
{
    private DemoStage(DemoService service, DemoApi api, string key, DemoWords words) =>
        (Service, Api, Key, Until, Chance) = (service, api, key, words.Until, new Random(words.Seed));

    public DemoService Service { get; }
    public DemoApi Api { get; }

    /// <summary>A key with full access, for whoever looks at it afterwards.</summary>
    public string Key { get; }

    public DateTimeOffset Since => Until - DemoTimes.Week;

    /// <summary>The midnight before the week began: what happens on a day and at an hour is counted from here.</summary>
    public DateTimeOffset Midnight => LedgerTime.DayOf(Since);

    public DateTimeOffset Until { get; }
    public Random Chance { get; }
    public DemoClock Clock => Service.Clock;
    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>How endpoints behave.</summary>
    public Dictionary<EndpointId, Climate> Climates { get; } = [];

    /// <summary>The endpoints that people have to do with, by uid.</summary>
    public Dictionary<string, StagedEndpoint> Endpoints { get; } = [];

    /// <summary>The process that sends; a restart is another.</summary>
    public NodeName Node { get; set; } = new("webhooks-1-18-4c1f0a");

    public DateTimeOffset NodeSince { get; set; }

    public static async Task<DemoStage> BuildAsync(DemoService service, DemoWords words)
    {
        var key = await service.InScopeAsync<ApiKeyStore, string>(
            keys => keys.CreateAsync("Demonstration", ApiKeyScope.Full, CancellationToken.None));
        var stage = new DemoStage(service, service.Api(key), key, words);
        await new DemoSetUp(stage).RunAsync();
        stage.NodeSince = stage.Now;
        return stage;
    }

    public void Add(string application, CastEndpoint endpoint, JsonElement created)
    {
        var text = created.GetProperty("id").GetString()!;
        if (!IdText.TryParse<EndpointId>(text, out var id))
            throw new InvalidOperationException($"{text} is no endpoint's id.");

        Climates.Add(id, endpoint.Climate);
        if (endpoint.Uid is { } uid)
            Endpoints.TryAdd(uid, new StagedEndpoint(application, text));
    }
}

/// <param name="Application">The application's uid.</param>
internal sealed record StagedEndpoint(string Application, string Id)
{
    public string Path => $"/app/{Application}/endpoint/{Id}";
}
