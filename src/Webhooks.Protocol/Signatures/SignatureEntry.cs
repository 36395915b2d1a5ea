namespace Webhooks.Protocol;

/// <summary>One signature: <c>version,base64</c>.</summary>
public readonly ref struct SignatureEntry
{
    private readonly int _comma;

    internal SignatureEntry(ReadOnlySpan<char> text, int comma)
    {
        Text = text;
        _comma = comma;
    }

    /// <summary>The whole entry.</summary>
    public ReadOnlySpan<char> Text { get; }

    /// <summary>The scheme, such as <c>v1</c> (HMAC-SHA256) or <c>v1a</c> (Ed25519).</summary>
    public ReadOnlySpan<char> Version => Text[.._comma];

    /// <summary>The signature itself, base64; not yet known to be valid.</summary>
    public ReadOnlySpan<char> Value => Text[(_comma + 1)..];
}
