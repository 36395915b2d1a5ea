using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Webhooks.Server.Tests.Hosting;
using Webhooks.Server.Tests.OpenApi;

namespace Webhooks.Server.Tests.Fuzz;

/// <summary>
/// Sends what nobody thought of to every operation. WEBHOOKS_TEST_FUZZ says how many requests, WEBHOOKS_TEST_FUZZ_SEED repeats a run that
/// failed: the same requests, but for the ids in them.
/// </summary>
public sealed class FuzzTests(ApiHost host) : IClassFixture<ApiHost>, IDisposable
{
    private const int DefaultRequests = 3_000;
    private const int LongBody = 64 * 1024;

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
    });
    private readonly Dictionary<FuzzCaller, string?> _keys = new() { [FuzzCaller.Full] = ApiHost.BootstrapKey };

    [Fact]
    public async Task Api_AnyRequests_KeepsToItsContract()
    {
        var seed = Setting("WEBHOOKS_TEST_FUZZ_SEED") ?? Random.Shared.Next();
        var random = new Random(seed);
        var document = new OpenApiDescription((await host.As(null).GetAsync("//swagger/v1/swagger.json")).Expect(200).Json);
        var pool = new ResourcePool(random);
        var requests = new RequestGenerator(document, pool, random);
        using var watch = new DatabaseWatch(host);
        var failures = new List<string>();
        var succeeded = new HashSet<string>();
        var statuses = new SortedDictionary<int, int>();

        for (var n = 0; n < (Setting("WEBHOOKS_TEST_FUZZ") ?? DefaultRequests) && failures.Count < 10; n++)
        {
            if (n % 100 == 0)
                await RefreshAsync(pool);

            var request = requests.Next();
            if (await SendAsync(request, watch) is not { } answer)
                continue;

            statuses[answer.Status] = statuses.GetValueOrDefault(answer.Status) + 1;
            if (AnswerRules.FindFault(request, answer) is { } fault)
                failures.Add($"{request}\n  -> {answer.Status} {answer.Text}\n  {fault}");
            if (answer.Status is >= 200 and < 300)
            {
                pool.Learn(answer.Text);
                succeeded.Add(request.Operation.Name);
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"seed {seed}: {string.Join(", ", statuses.Select(s => $"{s.Value} x {s.Key}"))}");
        failures.ShouldBeEmpty($"WEBHOOKS_TEST_FUZZ_SEED={seed}");
        var neverDone = document.Operations.Keys.Except(succeeded).ToList();
        neverDone.Count.ShouldBeLessThan(document.Operations.Count / 3, $"most are done now and then: {string.Join(", ", neverDone)}");
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Time goes on, and there is an application with an endpoint, a key and a message again, however much was deleted.</summary>
    private async Task RefreshAsync(ResourcePool pool)
    {
        host.Clock.Advance(TimeSpan.FromSeconds(37));
        var app = await host.ApplicationAsync();
        var endpoint = await host.EndpointAsync(app);
        await host.EventTypeIfMissingAsync("invoice.paid");
        var message = await host.MessageAsync(app);
        pool.SetScene(app, endpoint, message, await host.AttemptAsync(message, endpoint));
        _keys[FuzzCaller.Application] = (await host.KeyAsync("application", app)).Key;
        _keys[FuzzCaller.Publisher] = (await host.KeyAsync("publish")).Key;
    }

    /// <returns>Null when the server hung up on a long body that it had no use for, before its answer could be read.</returns>
    private async Task<FuzzAnswer?> SendAsync(FuzzRequest request, DatabaseWatch watch)
    {
        // As it is: nothing is made a nicer address of.
        var address = new Uri(
            host.Api.Address.ToString().TrimEnd('/') + request.Path,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), address);
        message.Headers.TryAddWithoutValidation("Authorization", request.Authorization ?? $"Bearer {_keys[request.Who]}");
        if (request.IdempotencyKey is not null)
            message.Headers.TryAddWithoutValidation("Idempotency-Key", request.IdempotencyKey);
        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(request.Body);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(request.ContentType);
        }

        var version = watch.Version;
        try
        {
            using var response = await _http.SendAsync(message, TestContext.Current.CancellationToken);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return new FuzzAnswer((int)response.StatusCode, text, response.Headers.ConnectionClose is true, watch.Version != version);
        }
        catch (HttpRequestException) when (request.Body is { Length: > LongBody })
        {
            return null;
        }
    }

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}
