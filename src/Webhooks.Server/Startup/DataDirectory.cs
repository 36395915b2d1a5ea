namespace Webhooks.Server.Startup;

/// <summary>
/// The folder of the embedded default: database, key ring, first API key. Locked while the server runs, because the one-writer rule
/// and the sweep at the start rely on no other process having the file open.
/// </summary>
internal sealed class DataDirectory : IDisposable
{
    public const string Setting = "Webhooks:DataDirectory";
    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream held) => (Path, _lock) = (path, held);

    public string Path { get; }

    /// <exception cref="StartupException">It cannot be made or written, or another server runs on it.</exception>
    public static DataDirectory Open(IConfiguration configuration)
    {
        var path = System.IO.Path.GetFullPath(configuration[Setting] is { Length: > 0 } set ? set : "data");
        try
        {
            Create(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The data directory '{path}' cannot be made ({fault.Message}). Set {Setting} to a folder that this process may write.");
        }

        return new DataDirectory(path, Lock(path));
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _lock.Dispose();

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
