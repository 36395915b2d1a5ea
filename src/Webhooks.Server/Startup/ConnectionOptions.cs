namespace Webhooks.Server.Startup;

/// <summary>Where server databases are. Configuration section <c>ConnectionStrings</c>. Read once at start.</summary>
public sealed class ConnectionOptions
{
    /// <summary>The configuration section these options are read from.</summary>
    public const string Section = "ConnectionStrings";

    private const string Setting = $"{Section}:{nameof(Webhooks)}";
    private const string ProviderSetting = $"{StorageOptions.Section}:{nameof(StorageOptions.Provider)}";

    /// <summary>The database of <c>Webhooks:Storage:Provider</c>, in the words of its .NET client. It holds a password: keep it like one.</summary>
    /// <value>For example <c>Host=db;Database=webhooks;Username=webhooks;Password=…</c>; default none.</value>
    public string? Webhooks { get; init; }

    /// <summary>The connection string of a server engine.</summary>
    /// <exception cref="StartupException">There is none.</exception>
    internal static string Need(IConfiguration configuration, StorageProvider provider) =>
        Read(configuration) ?? throw new StartupException(
            $"{Setting} (environment: ConnectionStrings__Webhooks) must be set where {ProviderSetting} is {provider}: it says where the "
            + "database is.");

    /// <summary>For the embedded engine, which would go on without the database that somebody meant.</summary>
    /// <exception cref="StartupException">There is one.</exception>
    internal static void Refuse(IConfiguration configuration)
    {
        if (Read(configuration) is not null)
            throw new StartupException(
                $"{Setting} is set, but {ProviderSetting} is Sqlite, which has no use for it. Set that to SqlServer or PostgreSql, or leave the "
                + "connection string out.");
    }

    // An empty text counts as unset: it is what a compose file makes of an environment variable that nobody set.
    private static string? Read(IConfiguration configuration) => configuration[Setting] is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
}
