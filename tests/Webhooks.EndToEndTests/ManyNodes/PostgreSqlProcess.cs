using Npgsql;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.ManyNodes;

/// <summary>
/// A PostgreSQL server of the test's own, which it may end as it likes; <c>fsync</c> is on. Where its programs are not, the test skips,
/// unless <c>WEBHOOKS_TEST_REQUIRE</c> has <c>postgres</c>.
/// </summary>
internal sealed class PostgreSqlProcess : IAsyncDisposable
{
    private const string Installed = "/usr/lib/postgresql";

    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    // It refuses to run as root.
    private static readonly string[] AsPostgres =
        Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : [];

    private readonly string _programs;
    private readonly string _folder = Directory.CreateTempSubdirectory("webhooks-postgres-").FullName;
    private readonly int _port = Loopback.FreePort();
    private ChildProcess? _server;

    private PostgreSqlProcess(string programs) => _programs = programs;

    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres";

    private string Data => Path.Combine(_folder, "data");

    public static async Task<PostgreSqlProcess> StartAsync(CancellationToken cancellationToken)
    {
        var server = new PostgreSqlProcess(FindPrograms());
        try
        {
            await server.MakeAsync(cancellationToken);
            await server.RestartAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it; what it had committed is there.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await EndAsync();
        _server = Run(
            "postgres", "-D", Data, "-p", $"{_port}", "-k", Data, "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200",
            "-c", "fsync=on");
        await Eventually.TrueAsync(
            AnswersAsync, Within, LookEvery, () => $"PostgreSQL does not start. It printed:\n{_server.Output}", cancellationToken);
    }

    /// <summary>
    /// <c>stop -m immediate</c>: all its processes end at once, and nobody is told anything. The next start recovers from the log.
    /// </summary>
    public async Task StopImmediatelyAsync(CancellationToken cancellationToken)
    {
        _server!.Quit();
        await _server.ExitAsync(Within, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string FindPrograms()
    {
        var versions = Directory.Exists(Installed) ? Directory.GetDirectories(Installed) : [];
        var found = versions.Select(version => Path.Combine(version, "bin"))
            .FirstOrDefault(programs => File.Exists(Path.Combine(programs, "initdb")));
        if (found is null)
            Tools.Missing("postgres", $"There is no PostgreSQL server in {Installed}");
        return found!;
    }

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        if (AsPostgres.Length > 0)
        {
            await using var chown = ChildProcess.Start("chown", ["postgres:postgres", _folder], Path.GetTempPath());
            (await chown.ExitAsync(Within, cancellationToken)).ShouldBe(0, chown.Output);
        }

        await using var initdb = Run("initdb", "-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        (await initdb.ExitAsync(Within, cancellationToken)).ShouldBe(0, initdb.Output);
    }

    private ChildProcess Run(string program, params string[] arguments)
    {
        string[] command = [.. AsPostgres, Path.Combine(_programs, program), .. arguments];
        return ChildProcess.Start(command[0], command[1..], _folder);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        if (_server!.HasExited)
            throw new InvalidOperationException($"PostgreSQL ended. It printed:\n{_server.Output}");
        try
        {
            await using var connection = new NpgsqlConnection($"{ConnectionString};Pooling=false");
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false; // It is starting up, or recovers.
        }
    }

    private async Task EndAsync()
    {
        if (_server is null)
            return;

        // SIGKILL would leave its children behind for a while.
        _server.Quit();
        await _server.ExitAsync(Within, CancellationToken.None);
        await _server.DisposeAsync();
        _server = null;
    }
}
