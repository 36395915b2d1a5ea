using System.Security.Cryptography;
using System.Text;

namespace Webhooks.Protocol;

/// <summary>
/// The entries of <see cref="WebhookHeaders.Signature"/>, each <c>version,base64</c>, space separated.
/// Entries that are not of this form are skipped, as are versions nobody here knows: a sender may add new ones beside the old.
/// </summary>
public readonly ref struct SignatureHeader
{
    /// <summary>
    /// The most entries a header may have. The service sends 11 at most (one secret and ten in their grace period); without a limit
    /// a forged header of many kilobytes would buy a public-key operation for each of its entries.
    /// </summary>
    public const int MaxEntries = 32;

    private readonly ReadOnlySpan<char> _text;

    private SignatureHeader(ReadOnlySpan<char> text) => _text = text;

    /// <summary>Reads a header's value.</summary>
    /// <returns>False when no entry is of the form <c>version,base64</c>, or there are more than <see cref="MaxEntries"/>.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out SignatureHeader header)
    {
        header = new SignatureHeader(text);
        var entries = 0;
        foreach (var _ in header)
            entries++;
        return entries is > 0 and <= MaxEntries;
    }

    /// <summary>Whether an entry has this version.</summary>
    public bool Contains(string version)
    {
        foreach (var entry in this)
        {
            if (entry.Version.SequenceEqual(version))
                return true;
        }

        return false;
    }

    /// <summary>Enumerates the well-formed entries, in order.</summary>
    public Enumerator GetEnumerator() => new(_text);

    /// <summary>Whether an entry is exactly this ASCII text; how long that takes does not tell how much of it was right.</summary>
    internal bool ContainsInConstantTime(ReadOnlySpan<byte> expected)
    {
        Span<byte> candidate = stackalloc byte[expected.Length];
        foreach (var entry in this)
        {
            // Lengths are public, contents are not.
            if (entry.Text.Length == expected.Length
                && Encoding.ASCII.TryGetBytes(entry.Text, candidate, out _)
                && CryptographicOperations.FixedTimeEquals(candidate, expected))
                return true;
        }

        return false;
    }

    /// <summary>Walks the entries without allocating.</summary>
    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<char> _text;
        private MemoryExtensions.SpanSplitEnumerator<char> _parts;

        internal Enumerator(ReadOnlySpan<char> text)
        {
            _text = text;
            _parts = text.Split(' ');
        }

        /// <summary>The entry that <see cref="MoveNext"/> found.</summary>
        public SignatureEntry Current { get; private set; }

        /// <summary>Goes to the next well-formed entry.</summary>
        public bool MoveNext()
        {
            while (_parts.MoveNext())
            {
                var text = _text[_parts.Current];
                var comma = text.IndexOf(',');
                if (comma <= 0 || comma == text.Length - 1)
                    continue;

                Current = new SignatureEntry(text, comma);
                return true;
            }

            return false;
        }
    }
}
