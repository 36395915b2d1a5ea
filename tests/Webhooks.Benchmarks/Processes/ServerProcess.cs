using System.Security.Cryptography;

namespace Webhooks.Benchmarks.Processes;

/// <summary>The real server, Release build, with the settings of a production node; loopback is opened because the receiver is there.</summary>
internal sealed class ServerProcess : ChildProcess
{
    public const string ApiKey = "benchmark-key-0123456789-0123456789-0123";

    /// <summary>The administrator's, where there is a dashboard.</summary>
    public const string Password = "correct horse battery staple";

    /// <summary>Encrypts the key ring of every benchmark's data directory.</summary>
    public static readonly string MasterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private ServerProcess(IReadOnlyDictionary<string, string> settings, Uri address, params string[] command)
        : base(Program, command, settings, address)
    {
    }

    public static async Task<ServerProcess> StartAsync(string dataDirectory)
    {
        var address = FreeAddress();
        return await StartAsync(Settings(dataDirectory, address), address);
    }

    /// <summary>A node on a PostgreSQL database that others may use, too. It tells what its driver counts.</summary>
    public static async Task<ServerProcess> StartSharedAsync(string dataDirectory, string connection)
    {
        var address = FreeAddress();
        var settings = Settings(dataDirectory, address);
        settings["Webhooks__Storage__Provider"] = "PostgreSql";
        settings["ConnectionStrings__Webhooks"] = connection;
        settings["Webhooks__Telemetry__Prometheus"] = "On";
        return await StartAsync(settings, address);
    }

    /// <summary>A node that people look at. It tells how long its pages wait for what they read.</summary>
    public static async Task<ServerProcess> StartDashboardAsync(string dataDirectory)
    {
        var address = FreeAddress();
        var settings = Settings(dataDirectory, address);
        settings["ASPNETCORE_ENVIRONMENT"] = "Development"; // only a published server has its pages' files beside it
        settings["Webhooks__Dashboard__AdministratorPassword"] = Password;
        settings["Webhooks__Telemetry__Prometheus"] = "On";
        return await StartAsync(settings, address);
    }

    /// <summary>Fills an empty data directory with the demonstration's week.</summary>
    public static async Task DemonstrateAsync(string dataDirectory)
    {
        var address = FreeAddress();
        await using var demo = new ServerProcess(Settings(dataDirectory, address), address, "demo", "--seed", "7");
        await demo.ExitAsync();
    }

    private static async Task<ServerProcess> StartAsync(Dictionary<string, string> settings, Uri address)
    {
        var server = new ServerProcess(settings, address);
        await server.WaitUntilUpAsync(new Uri(server.Address, "/api/v1/health"));
        return server;
    }

    /// <summary>The environment variable that names another build of the server, to compare two of them.</summary>
    private const string OtherBuild = "WEBHOOKS_BENCHMARK_SERVER";

    // bin/<configuration>/net10.0 of this project lies at the same depth as the server's.
    private static string Program
    {
        get
        {
            if (Environment.GetEnvironmentVariable(OtherBuild) is { Length: > 0 } other)
                return other;

            var output = new DirectoryInfo(AppContext.BaseDirectory);
            var repository = output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
            return Path.Combine(repository, "src", "Webhooks.Server", "bin", output.Parent.Name, output.Name, "Webhooks.Server.dll");
        }
    }

    private static Dictionary<string, string> Settings(string dataDirectory, Uri address) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["ASPNETCORE_URLS"] = address.ToString(),
        ["Urls"] = address.ToString(),
        ["Webhooks__DataDirectory"] = dataDirectory,
        ["Webhooks__Auth__BootstrapKey"] = ApiKey,
        ["Webhooks__Security__MasterKey"] = MasterKey,
        ["Webhooks__Delivery__AllowedNetworks__0"] = "127.0.0.0/8",
    };
}
