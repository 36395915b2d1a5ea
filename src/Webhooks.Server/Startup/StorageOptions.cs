namespace Webhooks.Server.Startup;

/// <summary>Where the service keeps everything. Configuration section <c>Webhooks:Storage</c>. Read once at start.</summary>
public sealed class StorageOptions
{
    /// <summary>The configuration section these options are read from.</summary>
    public const string Section = "Webhooks:Storage";

    /// <summary>
    /// The database's engine. <c>Sqlite</c> is embedded: one process, its file in the data directory. The others are servers that any
    /// number of nodes share, and <c>ConnectionStrings:Webhooks</c> says where.
    /// </summary>
    /// <value><c>Sqlite</c>, <c>SqlServer</c> or <c>PostgreSql</c>; default <c>Sqlite</c>.</value>
    public StorageProvider Provider { get; init; } = StorageProvider.Sqlite;

    /// <summary>
    /// Whether a start brings the schema up to date, one node at a time however many start together. Where it does not, run
    /// <c>Webhooks.Server migrate</c> before a new version starts: on an older schema it refuses to.
    /// </summary>
    /// <value>Default true.</value>
    public bool MigrateOnStart { get; init; } = true;

    /// <exception cref="StartupException">The provider is none of those.</exception>
    internal static StorageOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        return new StorageOptions
        {
            Provider = ReadProvider(section[nameof(Provider)]),
            MigrateOnStart = section.GetValue(nameof(MigrateOnStart), defaultValue: true),
        };
    }

    // An empty text counts as unset: it is what a compose file makes of an environment variable that nobody set.
    private static StorageProvider ReadProvider(string? name) =>
        string.IsNullOrWhiteSpace(name) ? StorageProvider.Sqlite
        : Enum.GetNames<StorageProvider>().Contains(name, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<StorageProvider>(name, ignoreCase: true)
        : throw new StartupException($"{Section}:{nameof(Provider)} must be Sqlite, SqlServer or PostgreSql; '{name}' is none of them.");
}

/// <summary>An engine.</summary>
public enum StorageProvider
{
    /// <summary>Embedded.</summary>
    Sqlite,

    /// <summary>SQL Server 2019 or later, and Azure SQL.</summary>
    SqlServer,

    /// <summary>PostgreSQL 14 or later.</summary>
    PostgreSql,
}
