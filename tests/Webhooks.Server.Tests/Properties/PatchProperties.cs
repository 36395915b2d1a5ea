using System.Text.Json;
using FsCheck.Xunit;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Properties;

/// <summary>Absent keeps, null clears, a value sets; a PATCH that is refused changes nothing. Whatever is sent, in any order.</summary>
public sealed class PatchProperties(ApiHost host) : IClassFixture<ApiHost>
{
    private const int Tests = 25;
    private const int MaxPatches = 6;

    [Property(MaxTest = Tests)]
    public async Task Patch_Application_DoesWhatTheModelSays(byte[][] patches)
    {
        var run = NewRun();
        var app = (await host.Api.PostAsync("/app", """{"name":"made"}""")).Expect(201);

        await CheckAsync(PatchedResource.Application, app, $"/app/{app.Id}", patches, run);
    }

    [Property(MaxTest = Tests)]
    public async Task Patch_Endpoint_DoesWhatTheModelSays(byte[][] patches)
    {
        var run = NewRun();
        await host.EventTypeIfMissingAsync("patch.a");
        await host.EventTypeIfMissingAsync("patch.b");
        var app = await host.ApplicationAsync();
        var endpoint = (await host.Api.PostAsync($"/app/{app}/endpoint", """{"url":"https://example.com/made"}""")).Expect(201);

        await CheckAsync(PatchedResource.Endpoint, endpoint, $"/app/{app}/endpoint/{endpoint.Id}", patches, run);
    }

    [Property(MaxTest = Tests)]
    public async Task Patch_EventType_DoesWhatTheModelSays(byte[][] patches)
    {
        var run = NewRun();
        var type = (await host.Api.PostAsync("/event-type", $$"""{"name":"{{run}}","description":"made"}""")).Expect(201);

        await CheckAsync(PatchedResource.EventType, type, $"/event-type/{run}", patches, run);
    }

    [Property(MaxTest = Tests)]
    public async Task Patch_Channel_DoesWhatTheModelSays(byte[][] patches)
    {
        var run = NewRun();
        var channel = (await host.Api.PostAsync(
            "/channel", """{"name":"made","type":"slack","settings":{"url":"https://example.com/x"}}""")).Expect(201);

        await CheckAsync(PatchedResource.Channel, channel, $"/channel/{channel.Id}", patches, run);
    }

    private async Task CheckAsync(PatchedResource resource, ApiAnswer made, string path, byte[][] patches, string run)
    {
        var model = resource.Fields.ToDictionary(field => field.Name, field => made.Json.GetProperty(field.Name).GetRawText());
        foreach (var patch in patches.Where(patch => patch is not null).Take(MaxPatches))
        {
            var sent = resource.Fields.Zip(patch, (field, choice) => (Field: field, Value: field.Sent(choice)?.Replace("{run}", run)))
                .Where(pair => pair.Value is not null).ToList();
            var body = $"{{{string.Join(',', sent.Select(pair => $"\"{pair.Field.Name}\":{pair.Value}"))}}}";
            var isRefused = sent.Any(pair => pair.Field.After(pair.Value, "") is null);

            (await host.Api.PatchAsync(path, body)).Expect(isRefused ? 422 : 200);

            if (!isRefused)
                sent.ForEach(pair => model[pair.Field.Name] = pair.Field.After(pair.Value, model[pair.Field.Name])!);
            var shown = (await host.Api.GetAsync(path)).Expect(200);
            foreach (var (name, value) in model)
                JsonElement.DeepEquals(shown.Json.GetProperty(name), JsonDocument.Parse(value).RootElement).ShouldBeTrue(
                    $"{resource.Name} {name} after {body} must be {value}: {shown.Text}");
        }
    }

    private static string NewRun() => $"run-{Guid.NewGuid():N}";
}
