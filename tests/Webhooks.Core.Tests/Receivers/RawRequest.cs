namespace Webhooks.Core.Tests.Receivers;

/// <summary>A request as it stood on the wire.</summary>
internal sealed record RawRequest(string Head, byte[] Body)
{
    public string? Header(string name) => HeaderOf(Head, name);

    public static string? HeaderOf(string head, string name) => head
        .Split("\r\n")
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())
        .SingleOrDefault();
}
