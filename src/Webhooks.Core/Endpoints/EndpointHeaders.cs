using System.Collections.Frozen;
using System.Text.Json;
using Webhooks.Core.Data;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.Security;

namespace Webhooks.Core.Endpoints;

/// <summary>An endpoint's own headers: encrypted where they lie, with credentials shown by name only.</summary>
internal sealed class EndpointHeaders(HeaderCache cache, SecretProtectors protectors, TimeProvider clock)
{
    public const int MaxCount = 50;
    public const string TooMany = "An endpoint may have 50 headers at most.";

    private static readonly FrozenSet<string> Sensitive =
        new[] { "authorization", "x-api-key", "x-auth-token", "www-authenticate" }.ToFrozenSet(StringComparer.Ordinal);

    public EndpointHeadersOut Show(byte[]? protectedHeaders)
    {
        var headers = cache.Get(protectedHeaders);
        return new EndpointHeadersOut
        {
            Headers = headers.Where(h => !Sensitive.Contains(h.Key)).ToDictionary(StringComparer.Ordinal),
            Sensitive = [.. headers.Select(h => h.Key).Where(Sensitive.Contains)],
        };
    }

    /// <summary>Sets all of them.</summary>
    public void Replace(Endpoint endpoint, Dictionary<string, string> headers)
    {
        // An attempt reads them with its claim, so the change counts from the next one, on every node.
        var sorted = new SortedDictionary<string, string>(headers, StringComparer.Ordinal);
        endpoint.ProtectedHeaders = headers.Count == 0 ? null : protectors.EndpointHeaders.Protect(JsonSerializer.Serialize(sorted));
        endpoint.UpdatedAt = clock.GetUtcMicroseconds();
    }

    /// <summary>Adds, replaces and removes some.</summary>
    /// <returns>Why it can't be done; null when it is.</returns>
    public Problem? Merge(Endpoint endpoint, EndpointHeadersPatchIn changes)
    {
        var headers = cache.Get(endpoint.ProtectedHeaders).ToDictionary(StringComparer.Ordinal);
        foreach (var name in changes.DeleteHeaders ?? [])
            headers.Remove(name.ToLowerInvariant());
        foreach (var (name, value) in changes.Headers)
        {
            if (value is null)
                headers.Remove(name);
            else
                headers[name] = value;
        }

        if (headers.Count > MaxCount)
            return ApiProblems.Invalid(["body", "headers"], TooMany);

        Replace(endpoint, headers);
        return null;
    }
}
