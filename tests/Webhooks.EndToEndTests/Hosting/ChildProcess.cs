using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Webhooks.EndToEndTests.Hosting;

/// <summary>A process that a test starts and always ends, by its own id. Keeps what it prints, for the messages of failed tests.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int SigQuit = 3;
    private const int SigTerm = 15;

    private readonly Process _process;
    private readonly StringBuilder _standardOutput = new();
    private readonly StringBuilder _standardError = new();

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string StandardOutput => Read(_standardOutput);

    public string StandardError => Read(_standardError);

    public string Output => StandardOutput + StandardError;

    /// <param name="set">What the child's environment has on top of, or (null) without, the test's own.</param>
    /// <exception cref="Win32Exception">There is no such program.</exception>
    public static ChildProcess Start(
        string program, IEnumerable<string> arguments, string workingDirectory, IReadOnlyDictionary<string, string?>? set = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in set ?? new Dictionary<string, string?>())
            start.Environment[name] = value;

        var child = new ChildProcess(new Process { StartInfo = start });
        child._process.OutputDataReceived += (_, line) => Append(child._standardOutput, line.Data);
        child._process.ErrorDataReceived += (_, line) => Append(child._standardError, line.Data);
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Waits for the end of the process and of its output; fails, with that output, when it takes longer.</summary>
    public async Task<int> ExitAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(within);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The process did not end within {within}. It printed:\n{Output}");
        }
    }

    /// <summary>SIGTERM: asks it to stop.</summary>
    public void Terminate() => Send(SigTerm);

    /// <summary>SIGQUIT, which PostgreSQL takes as: end at once, without seeing to anything.</summary>
    public void Quit() => Send(SigQuit);

    /// <summary>SIGKILL: it runs not one instruction more.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Send(int signal)
    {
        if (!_process.HasExited && Signal(_process.Id, signal) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (text)
            text.AppendLine(line);
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int processId, int signal);
}
