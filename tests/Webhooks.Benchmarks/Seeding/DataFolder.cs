namespace Webhooks.Benchmarks.Seeding;

/// <summary>A data directory that goes away with this object.</summary>
internal sealed class DataFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("webhooks-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
