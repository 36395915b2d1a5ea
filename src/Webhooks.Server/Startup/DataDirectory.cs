namespace Webhooks.Server.Startup;

/// <summary>
/// The folder of the embedded default: database, key ring, first API key. There it is locked while the server runs, because the one-writer
/// rule and the sweep at the start rely on no other process having the file open.
/// </summary>
internal sealed class DataDirectory : IDisposable
{
    public const string Setting = $"{NodeOptions.Section}:{nameof(NodeOptions.DataDirectory)}";
    private readonly FileStream? _lock;

    private DataDirectory(string path, FileStream? held) => (Path, _lock) = (path, held);

    public string Path { get; }

    /// <summary>For this process alone.</summary>
    /// <exception cref="StartupException">It cannot be made or written, or another server runs on it.</exception>
    public static DataDirectory Lock(IConfiguration configuration)
    {
        var open = Open(configuration);
        return new DataDirectory(open.Path, Lock(open.Path));
    }

    /// <exception cref="StartupException">It cannot be made.</exception>
    public static DataDirectory Open(IConfiguration configuration)
    {
        var path = System.IO.Path.GetFullPath(configuration[Setting] is { Length: > 0 } set ? set : new NodeOptions().DataDirectory);
        try
        {
            Create(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"The data directory '{path}' cannot be made ({fault.Message}). Set {Setting} to a folder that this process "
                + "may write.");
        }

        return new DataDirectory(path, null);
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _lock?.Dispose();

    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"The data directory '{path}' is in use by another server, or cannot be written ({fault.Message}). "
                + $"Stop the other one, or set {Setting} to another folder.");
        }
    }
}
