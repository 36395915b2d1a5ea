using System.Text.Json;
using Webhooks.Benchmarks.Load;
using Webhooks.Benchmarks.Receiving;

namespace Webhooks.Benchmarks.Processes;

/// <summary>The receiver in a process of its own.</summary>
internal sealed class ReceiverProcess : ChildProcess
{
    private ReceiverProcess(Uri address)
        : base(typeof(ReceiverProcess).Assembly.Location, [ReceiverProgram.Command, address.ToString()], new Dictionary<string, string>(), address)
    {
    }

    public static async Task<ReceiverProcess> StartAsync()
    {
        var receiver = new ReceiverProcess(FreeAddress());
        await receiver.WaitUntilUpAsync(new Uri(receiver.Address, ReceiverProgram.Counts));
        return receiver;
    }

    public Uri Url(string path) => new(Address, path);

    public Task ResetAsync() => GetAsync<object?>(ReceiverProgram.Reset);

    public Task<ReceiverCounts> CountsAsync() => GetAsync<ReceiverCounts>(ReceiverProgram.Counts);

    /// <summary>Milliseconds from the time in the body to its arrival, of all requests to <see cref="ReceiverProgram.Timed"/> since the reset.</summary>
    public Task<double[]> LatenciesAsync() => GetAsync<double[]>(ReceiverProgram.Latencies);

    /// <summary>Waits until that many requests arrived, or until none came for <paramref name="patience"/>.</summary>
    public async Task<ReceiverCounts> WaitForAsync(long requests, TimeSpan patience)
    {
        var counts = await CountsAsync();
        for (var quiet = TimeSpan.Zero; counts.Requests < requests && quiet < patience;)
        {
            var step = TimeSpan.FromMilliseconds(100);
            await Pause.ForAsync(step);
            var next = await CountsAsync();
            quiet = next.Requests == counts.Requests ? quiet + step : TimeSpan.Zero;
            counts = next;
        }

        return counts;
    }

    private async Task<T> GetAsync<T>(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Url(path));
        using var response = await Http.Client.SendAsync(request, CancellationToken.None);
        await using var body = await response.Content.ReadAsStreamAsync();
        return (await JsonSerializer.DeserializeAsync<T>(body))!;
    }
}
