namespace Webhooks.Core.Endpoints.Filters;

/// <summary>
/// A JSON number by its exact decimal value, however long it is written: nothing is rounded, nothing overflows. It stands for
/// 0.digits × 10^magnitude, with no zeros around the digits.
/// </summary>
internal readonly ref struct JsonNumber : IComparable<byte[]>
{
    // Exponents beyond it count as it: their numbers compare by their digits alone.
    private const long MaxExponent = 1_000_000_000_000_000;

    private readonly ReadOnlySpan<byte> _whole;
    private readonly ReadOnlySpan<byte> _fraction;
    private readonly long _magnitude;
    private readonly int _sign;

    /// <param name="text">As JSON writes it (RFC 8259, section 6).</param>
    public JsonNumber(ReadOnlySpan<byte> text)
    {
        var isNegative = text[0] == '-';
        text = isNegative ? text[1..] : text;
        var e = text.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = e < 0 ? text : text[..e];
        var point = mantissa.IndexOf((byte)'.');
        var whole = (point < 0 ? mantissa : mantissa[..point]).TrimStart((byte)'0');
        var fraction = (point < 0 ? [] : mantissa[(point + 1)..]).TrimEnd((byte)'0');
        var digits = whole.IsEmpty ? fraction.TrimStart((byte)'0') : fraction;

        _magnitude = (e < 0 ? 0 : Exponent(text[(e + 1)..])) + (whole.IsEmpty ? digits.Length - fraction.Length : whole.Length);
        _whole = digits.IsEmpty ? whole.TrimEnd((byte)'0') : whole;
        _fraction = digits;
        _sign = whole.IsEmpty && digits.IsEmpty ? 0 : isNegative ? -1 : 1;
    }

    private int Digits => _whole.Length + _fraction.Length;

    public int CompareTo(JsonNumber other)
    {
        if (_sign != other._sign || _sign == 0)
            return _sign.CompareTo(other._sign);

        var byMagnitude = _magnitude.CompareTo(other._magnitude);
        return _sign * (byMagnitude != 0 ? byMagnitude : CompareDigits(other));
    }

    /// <param name="other">Another number as JSON writes it.</param>
    public int CompareTo(byte[]? other) => CompareTo(new JsonNumber(other));

    private int CompareDigits(JsonNumber other)
    {
        for (var i = 0; i < Math.Min(Digits, other.Digits); i++)
        {
            if (Digit(i).CompareTo(other.Digit(i)) is var byDigit and not 0)
                return byDigit;
        }

        return Digits.CompareTo(other.Digits);
    }

    private byte Digit(int index) => index < _whole.Length ? _whole[index] : _fraction[index - _whole.Length];

    private static long Exponent(ReadOnlySpan<byte> text)
    {
        var exponent = 0L;
        foreach (var digit in text.TrimStart("+-"u8))
            exponent = Math.Min(MaxExponent, exponent * 10 + (digit - '0'));
        return text[0] == '-' ? -exponent : exponent;
    }
}
