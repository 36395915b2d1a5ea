using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Webhooks.Benchmarks.Load;

namespace Webhooks.Benchmarks.Processes;

/// <summary>A program of ours in a process of its own. It ends with this object.</summary>
internal abstract class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    protected ChildProcess(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, Uri address)
    {
        Address = address;
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    /// <summary>How much memory it holds: <c>VmRSS</c>.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    /// <summary>Waits until it takes connections and answers, whatever it answers.</summary>
    protected async Task WaitUntilUpAsync(Uri probe)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < StartTimeout;)
        {
            if (_process.HasExited)
                break;
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, probe);
                using var response = await Http.Client.SendAsync(request, CancellationToken.None);
                return;
            }
            catch (HttpRequestException)
            {
                await Pause.ForAsync(TimeSpan.FromMilliseconds(20));
            }
        }

        throw new InvalidOperationException($"{GetType().Name} did not start:\n{_output}");
    }

    /// <summary>Waits for one that ends by itself.</summary>
    protected async Task ExitAsync()
    {
        await _process.WaitForExitAsync();
        if (_process.ExitCode != 0)
            throw new InvalidOperationException($"{GetType().Name} ended with {_process.ExitCode}:\n{_output}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: false);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            if (line.Data is not null && _output.Length < 65_536)
                _output.AppendLine(line.Data);
        }
    }

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }
}
