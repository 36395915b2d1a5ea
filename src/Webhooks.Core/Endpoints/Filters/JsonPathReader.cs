using System.Globalization;
using System.Text;

namespace Webhooks.Core.Endpoints.Filters;

/// <summary>
/// Parses singular queries by the grammar of RFC 9535: <c>abs-singular-query</c> (section 2.3.5.1), <c>name-selector</c> (2.3.1.1),
/// <c>index-selector</c> (2.3.3.1) and <c>member-name-shorthand</c> (2.5.1.1).
/// </summary>
internal sealed class JsonPathReader(string text)
{
    // I-JSON's whole numbers, which section 2.1 asks indexes to be.
    private const long MaxIndex = (1L << 53) - 1;

    private readonly List<PathStep> _steps = [];
    private int _at;

    public IReadOnlyList<PathStep> Steps => _steps;

    /// <returns>What is wrong and where; null for nothing.</returns>
    public string? Read()
    {
        if (!Take('$'))
            return Error("a path begins with '$'");

        while (_at < text.Length)
        {
            SkipBlanks();
            var error = Take('.') ? ReadShorthand() : Take('[') ? ReadBracketed()
                : Error(_at < text.Length ? "'.' or '[' is expected" : "a path does not end with blanks");
            if (error is not null)
                return error;
        }

        return null;
    }

    private string? ReadShorthand()
    {
        if (Peek() is '.' or '*' or '[')
            return Error("a path leads to one value: '..' and '*' are not for it");

        var start = _at;
        while (_at < text.Length && Rune.TryGetRuneAt(text, _at, out var rune) && IsInName(rune, isFirst: _at == start))
            _at += rune.Utf16SequenceLength;
        if (_at == start)
            return Error("a name is expected, of letters, digits and '_', not beginning with a digit; put others into ['…']");

        _steps.Add(new PathStep(text[start.._at]));
        return null;
    }

    private static bool IsInName(Rune rune, bool isFirst) =>
        !rune.IsAscii || rune.Value is '_' || char.IsAsciiLetter((char)rune.Value) || (!isFirst && char.IsAsciiDigit((char)rune.Value));

    private string? ReadBracketed()
    {
        var error = Peek() is '\'' or '"' ? ReadName(text[_at++]) : ReadIndex();
        return error ?? (Take(']') ? null : Error("']' is expected"));
    }

    private string? ReadIndex()
    {
        var start = _at;
        var isNegative = Take('-');
        while (char.IsAsciiDigit(Peek()))
            _at++;

        var digits = text.AsSpan(start + (isNegative ? 1 : 0), _at - start - (isNegative ? 1 : 0));
        if (digits.IsEmpty)
            return Error("a name in quotes or a whole number is expected");
        if (digits[0] == '0' && (digits.Length > 1 || isNegative))
            return ErrorAt(start, "a number has no leading zeros and no minus before 0");
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index > MaxIndex)
            return ErrorAt(start, $"a number must lie between -{MaxIndex} and {MaxIndex}");

        _steps.Add(new PathStep(null, isNegative ? -index : index));
        return null;
    }

    private string? ReadName(char quote)
    {
        var start = _at;
        var name = new StringBuilder();
        while (!Take(quote))
        {
            if (_at == text.Length)
                return Error($"the closing {quote} is missing");
            if (text[_at] < ' ')
                return Error("a control character must be written as an escape");
            if (text[_at] != '\\')
                name.Append(text[_at++]);
            else if (ReadEscape(quote, name) is { } error)
                return error;
        }

        if (HasHalfPair(name.ToString()))
            return ErrorAt(start, "this name has an escape that is half a UTF-16 pair");
        _steps.Add(new PathStep(name.ToString()));
        return null;
    }

    private string? ReadEscape(char quote, StringBuilder name)
    {
        var start = _at++;
        var escape = Peek();
        _at++;
        if (escape == 'u')
            return ReadCodeUnit(start, name);

        var meant = escape switch
        {
            'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', '/' or '\\' => escape,
            _ when escape == quote => quote,
            _ => '\0',
        };
        if (meant == '\0')
            return ErrorAt(start, "this escape is not known");

        name.Append(meant);
        return null;
    }

    private string? ReadCodeUnit(int start, StringBuilder name)
    {
        if (_at + 4 > text.Length
            || !ushort.TryParse(text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            return ErrorAt(start, @"four hexadecimal digits follow \u");

        _at += 4;
        name.Append((char)unit);
        return null;
    }

    private static bool HasHalfPair(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsSurrogate(name[i]))
                continue;
            if (i + 1 == name.Length || !char.IsSurrogatePair(name[i], name[i + 1]))
                return true;
            i++;
        }

        return false;
    }

    private void SkipBlanks()
    {
        while (Peek() is ' ' or '\t' or '\n' or '\r')
            _at++;
    }

    private char Peek() => _at < text.Length ? text[_at] : '\0';

    private bool Take(char expected)
    {
        if (_at == text.Length || text[_at] != expected)
            return false;

        _at++;
        return true;
    }

    private string Error(string rule) => ErrorAt(_at, rule);

    private static string ErrorAt(int position, string rule) =>
        string.Create(CultureInfo.InvariantCulture, $"Is not a path (RFC 9535, singular query): {rule}, at character {position + 1}.");
}
