using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Webhooks.Core.Endpoints.Filters;

/// <summary>
/// The beginning of a JSON string as UTF-8, whose bytes sort as Unicode's scalar values do: the order of RFC 9535, section 2.3.5.2.2.
/// No more of it is read than asked for: a payload may hold a string of megabytes, and a filter compares it with a short one.
/// </summary>
internal static class JsonText
{
    private const int LongestRune = 4;

    /// <param name="value">A JSON string.</param>
    /// <param name="length">How many bytes are wanted; fewer come back only where the string is shorter, a few more may come.</param>
    public static ReadOnlySpan<byte> Head(JsonElement value, int length)
    {
        var text = JsonMarshal.GetRawUtf8Value(value)[1..^1];
        var head = text[..Math.Min(text.Length, length)];
        return head.Contains((byte)'\\') ? Unescape(text, length) : head;
    }

    private static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> text, int length)
    {
        var buffer = new byte[length + LongestRune];
        var (read, written) = (0, 0);
        while (read < text.Length && written < length)
        {
            if (text[read] != '\\')
                buffer[written++] = text[read++];
            else if (text[read + 1] != 'u')
                (buffer[written++], read) = (Meaning(text[read + 1]), read + 2);
            else
                written += WriteCodeUnits(text, ref read, buffer.AsSpan(written));
        }

        return buffer.AsSpan(0, written);
    }

    private static byte Meaning(byte escape) => escape switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => escape,
    };

    private static int WriteCodeUnits(ReadOnlySpan<byte> text, ref int read, Span<byte> target)
    {
        var first = CodeUnit(text[read..]);
        read += 6;
        var second = text[read..].StartsWith("\\u"u8) ? CodeUnit(text[read..]) : '\0';
        if (!Rune.TryCreate(first, second, out var rune))
            return Write(first, target);

        read += 6;
        return rune.EncodeToUtf8(target);
    }

    // Half a pair is no text and has no UTF-8. Written as if it had, it equals no text that a filter can hold, and sorts where it stands.
    private static int Write(char unit, Span<byte> target)
    {
        if (Rune.TryCreate(unit, out var rune))
            return rune.EncodeToUtf8(target);

        target[0] = (byte)(0xE0 | (unit >> 12));
        target[1] = (byte)(0x80 | ((unit >> 6) & 0x3F));
        target[2] = (byte)(0x80 | (unit & 0x3F));
        return 3;
    }

    private static char CodeUnit(ReadOnlySpan<byte> escape) =>
        (char)ushort.Parse(escape[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
