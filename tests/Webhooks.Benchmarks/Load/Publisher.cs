using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Webhooks.Benchmarks.Processes;

namespace Webhooks.Benchmarks.Load;

/// <summary>Publishes events of some 500 bytes to the server, over its API.</summary>
internal sealed class Publisher(ServerProcess server, IReadOnlyList<ApplicationId> applications)
{
    private static readonly AuthenticationHeaderValue Authorization = new("Bearer", ServerProcess.ApiKey);
    private static readonly string Fill = new('x', 400);

    private readonly Uri[] _urls = [.. applications.Select(application => new Uri(server.Address, $"/api/v1/app/{application}/msg"))];

    /// <summary>Publishes the n-th event, to the applications in turn.</summary>
    public async Task<bool> PublishAsync(int n, bool withIdempotencyKey = false) =>
        await Http.PostAsync(_urls[n % _urls.Length], Event(n), Authorization, withIdempotencyKey ? Key(n) : null) == 202;

    /// <summary>The request's body; its payload carries the time of sending.</summary>
    public static byte[] Event(int n) => Encoding.UTF8.GetBytes($$"""{"eventType":"invoice.paid","payload":{{Payload(n, Stopwatch.GetTimestamp())}}}""");

    /// <param name="sentAt">Stopwatch ticks; 0 for a payload that nobody times.</param>
    public static string Payload(int n, long sentAt) => string.Create(CultureInfo.InvariantCulture, $$"""{"n":{{n}},"sentAt":{{sentAt}},"fill":"{{Fill}}"}""");

    private static string Key(int n) => string.Create(CultureInfo.InvariantCulture, $"auto_{n:x8}-bench-0123456789abcdef");
}
