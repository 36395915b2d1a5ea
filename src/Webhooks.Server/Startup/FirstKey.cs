using Webhooks.Core.ApiKeys;

namespace Webhooks.Server.Startup;

/// <summary>
/// In Development: an API key made at the first start and kept in a file that only the owner can read, so that a newcomer has one
/// to call with. Everywhere else keys come from the bootstrap key and the API.
/// </summary>
internal sealed class FirstKey(ApiKeyStore keys, ApiKeyLookup lookup, DataDirectory data)
{
    private readonly string _path = data.File("api-key");

    public async Task<Kept> GetAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(_path))
        {
            var kept = (await File.ReadAllTextAsync(_path, cancellationToken)).Trim();
            if (await lookup.FindAsync(kept, cancellationToken) is not null)
                return new Kept(kept, _path);
        }

        // The first start, or a file that outlived its database or its key.
        var made = await keys.CreateAsync("development", ApiKeyScope.Full, cancellationToken);
        await WriteAsync(made, cancellationToken);
        return new Kept(made, _path);
    }

    private async Task WriteAsync(string key, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        await using var file = new StreamWriter(_path, options);
        await file.WriteLineAsync(key.AsMemory(), cancellationToken);
    }

    /// <param name="File">Where it is kept.</param>
    internal sealed record Kept(string Secret, string File);
}
