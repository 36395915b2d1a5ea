using System.Reflection;

namespace Webhooks.EndToEndTests.Hosting;

/// <summary>Where the build put things; written into this assembly by its project file.</summary>
internal static class BuildPaths
{
    public static string RepositoryRoot { get; } = Read("RepositoryRoot");

    public static string ServerDll { get; } = Path.Combine(Read("ServerOutput"), "Webhooks.Server.dll");

    public static string NodeFolder { get; } = Path.Combine(RepositoryRoot, "tests", "Webhooks.EndToEndTests", "node");

    private static string Read(string key) =>
        typeof(BuildPaths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == key).Value!;
}
