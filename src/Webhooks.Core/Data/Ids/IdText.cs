using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Core.Data.Ids;

/// <summary>
/// The text of an id. Base 32 with Crockford's alphabet in lower case: its characters rise in ASCII as their values do,
/// so texts sort as the bytes do.
/// </summary>
internal static class IdText
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Length = 26;

    public static string Format<TId>(TId id) where TId : struct, IEntityId<TId> =>
        string.Create(TId.Prefix.Length + Length, id.Value, static (text, value) =>
        {
            TId.Prefix.CopyTo(text);
            for (var i = text.Length - 1; i >= TId.Prefix.Length; i--)
            {
                text[i] = Alphabet[(int)(uint)(value & 31)];
                value >>= 5;
            }
        });

    public static bool TryParse<TId>([NotNullWhen(true)] string? text, out TId id) where TId : struct, IEntityId<TId>
    {
        id = default;
        if (text is null || text.Length != TId.Prefix.Length + Length || !text.StartsWith(TId.Prefix, StringComparison.Ordinal))
            return false;

        var digits = text.AsSpan(TId.Prefix.Length);
        if (digits[0] > '7') // 26 digits hold 130 bits; the first two must be 0
            return false;

        var value = UInt128.Zero;
        foreach (var digit in digits)
        {
            var index = Alphabet.IndexOf(digit, StringComparison.Ordinal);
            if (index < 0)
                return false;
            value = (value << 5) | (uint)index;
        }

        id = TId.From(value);
        return true;
    }
}
