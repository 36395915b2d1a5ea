using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.Deploy.Tests;

/// <summary>The image's content, started as the image starts it, with the secrets that the script makes.</summary>
public sealed class ImageTests(PublishedImage image) : IClassFixture<PublishedImage>, IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private readonly string _data = Directory.CreateTempSubdirectory("webhooks-data-").FullName;
    private readonly int _port = Loopback.FreePort();
    private Dictionary<string, string> _secrets = [];
    private ChildProcess _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_WithTheImagesEnvironment_GetsReadyAndSaysSoByItsOwnCommand()
    {
        var entryPoint = Dockerfile.EntryPoint("server");
        await using var health = ChildProcess.Start(
            PublishedImage.Dotnet, [.. entryPoint[1..], "health"], image.Folder("/publish/server"), Environment());

        (await health.ExitAsync(Soon, Cancel)).ShouldBe(0, health.Output);
        health.StandardOutput.ShouldContain("healthy");
    }

    [Fact]
    public void Server_WritesNothingOutsideItsDataFolder() =>
        image.ListServerFiles().ShouldBe(image.ServerFiles);

    [Fact]
    public void Server_InProduction_LogsOneJsonObjectALine()
    {
        var lines = _server.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines.ShouldNotBeEmpty();
        lines.ShouldAllBe(line => JsonDocument.Parse(line, default).RootElement.ValueKind == JsonValueKind.Object);
    }

    [Fact]
    public async Task Metrics_WithTheKey_HaveTheNamesThatDashboardAndAlertsUse()
    {
        var scraped = await GetAsync("/metrics", _secrets["WEBHOOKS_PROMETHEUS_KEY"], HttpStatusCode.OK);

        var names = scraped.Split('\n').Select(line => line.Split(' ')).Where(words => words is ["#", "TYPE", ..]).Select(words => words[2])
            .Where(name => name.StartsWith("webhooks_", StringComparison.Ordinal)).ToList();
        names.ShouldBeSubsetOf(PrometheusNames.Instruments.Keys);
        names.ShouldContain("webhooks_leases_swept_total");
        names.ShouldContain("webhooks_attempts_total");
        names.ShouldContain("webhooks_claim_duration_seconds");
        names.ShouldContain("webhooks_outbox_oldest_due_age_seconds");
    }

    [Fact]
    public async Task Metrics_WithoutTheKey_AreRefused() => await GetAsync("/metrics", null, HttpStatusCode.Unauthorized);

    [Fact]
    public async Task Event_Published_IsVerifiedByTheSampleSubscriber()
    {
        var (port, secret) = (Loopback.FreePort(), _secrets["WEBHOOKS_SUBSCRIBER_SECRET"]);
        var environment = PublishedImage.CleanEnvironment();
        environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        environment["Subscriber__Secret"] = secret;
        await using var subscriber = ChildProcess.Start(
            PublishedImage.Dotnet, Dockerfile.EntryPoint("subscriber")[1..], image.Folder("/publish/subscriber"), environment);
        await Eventually.TrueAsync(() => subscriber.StandardOutput.Contains("Now listening"), Soon, () => subscriber.Output, Cancel);

        await PostAsync("/app", """{"name":"Acme","uid":"acme"}""");
        await PostAsync("/app/acme/endpoint", $$"""{"url":"http://127.0.0.1:{{port}}/hook","secret":"{{secret}}"}""");
        await PostAsync("/app/acme/msg", """{"eventType":"invoice.paid","payload":{"invoice":42}}""");

        await Eventually.TrueAsync(
            () => subscriber.StandardOutput.Contains("verified, new"), Soon, () => subscriber.Output + _server.Output, Cancel);
    }

    public async ValueTask InitializeAsync()
    {
        _secrets = await SecretsAsync();
        _server = ChildProcess.Start(
            PublishedImage.Dotnet, Dockerfile.EntryPoint("server")[1..], image.Folder("/publish/server"), Environment());
        await Eventually.TrueAsync(IsReadyAsync, Soon, TimeSpan.FromMilliseconds(100), () => _server.Output, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>The image's own, with another port and data folder, and what docker-compose.yml adds.</summary>
    private Dictionary<string, string?> Environment()
    {
        var environment = PublishedImage.CleanEnvironment();
        foreach (var (name, value) in Dockerfile.Environment("server"))
            environment[name] = value;
        environment["ASPNETCORE_HTTP_PORTS"] = $"{_port}";
        environment["Webhooks__DataDirectory"] = _data;
        environment["Webhooks__Security__MasterKey"] = _secrets["WEBHOOKS_MASTER_KEY"];
        environment["Webhooks__Auth__BootstrapKey"] = _secrets["WEBHOOKS_BOOTSTRAP_KEY"];
        environment["Webhooks__Telemetry__PrometheusKey"] = _secrets["WEBHOOKS_PROMETHEUS_KEY"];
        environment["Webhooks__Delivery__AllowedNetworks__0"] = "127.0.0.0/8";
        return environment;
    }

    private static async Task<Dictionary<string, string>> SecretsAsync()
    {
        await using var script = ChildProcess.Start("sh", ["deploy/generate-env.sh"], Repository.Root);
        (await script.ExitAsync(Soon, Cancel)).ShouldBe(0, script.Output);
        return script.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        _server.HasExited.ShouldBeFalse(_server.Output);
        try
        {
            using var response = await TestHttp.Client.GetAsync(new Uri($"http://127.0.0.1:{_port}/health/ready"), cancellationToken);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private Task<string> PostAsync(string path, string json) =>
        SendAsync(HttpMethod.Post, "/api/v1" + path, _secrets["WEBHOOKS_BOOTSTRAP_KEY"], json, status => (int)status is >= 200 and < 300);

    private Task<string> GetAsync(string path, string? key, HttpStatusCode expected) =>
        SendAsync(HttpMethod.Get, path, key, null, status => status == expected);

    private async Task<string> SendAsync(HttpMethod method, string path, string? key, string? json, Func<HttpStatusCode, bool> isExpected)
    {
        using var request = new HttpRequestMessage(method, new Uri($"http://127.0.0.1:{_port}{path}"));
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await TestHttp.Client.SendAsync(request, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        isExpected(response.StatusCode).ShouldBeTrue($"{(int)response.StatusCode}: {text}");
        return text;
    }
}
