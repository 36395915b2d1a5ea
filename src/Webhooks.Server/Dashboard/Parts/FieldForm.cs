using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Webhooks.Server.Dashboard.Parts;

/// <summary>
/// How the text of a form's field becomes a value of the API's body. What is no such value goes to the API as it was typed, so that its own
/// sentence comes back; only a text that is no JSON can't be sent, and is refused here.
/// </summary>
public sealed record FieldForm
{
    private static readonly string[] Minutes = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    private static readonly char[] Separators = ['\n', '\r', ','];

    // Pages encode what they show by themselves: here it is to be read.
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private FieldForm(Func<string, object?> read) => Read = read;

    /// <summary>A text, as it was typed but for the space around it.</summary>
    public static FieldForm Text { get; } = new(text => text.Trim());

    /// <summary>A text; nothing is null.</summary>
    public static FieldForm OptionalText { get; } = new(text => NullIfBlank(text)?.Trim());

    /// <summary>A whole number; nothing is null.</summary>
    public static FieldForm Number { get; } = new(text => NullIfBlank(text) is { } given ? NumberOf(given) : null);

    /// <summary>Texts, each on its line or between commas; nothing is null.</summary>
    public static FieldForm Texts { get; } = new(text => Split(text) is { Length: > 0 } parts ? parts : null);

    /// <summary>Whole numbers, each on its line or between commas; nothing is null.</summary>
    public static FieldForm Numbers { get; } = new(text => Split(text) is { Length: > 0 } parts ? parts.Select(NumberOf).ToArray() : null);

    /// <summary>Yes or no.</summary>
    public static FieldForm Flag { get; } = new(text => text == bool.TrueString);

    /// <summary>JSON; nothing is null.</summary>
    public static FieldForm Json { get; } = new(text => NullIfBlank(text) is { } given ? JsonOf(given) : null);

    /// <summary>Names and values, a pair on each line: <c>team: billing</c>.</summary>
    public static FieldForm Pairs { get; } = new(PairsOf);

    internal Func<string, object?> Read { get; }

    /// <summary>A day and a minute as browsers write them; nothing is null.</summary>
    /// <param name="fromLocal">Which time it is where the person is.</param>
    public static FieldForm Time(Func<DateTime, DateTimeOffset> fromLocal) => new(text =>
        NullIfBlank(text) is not { } given ? null
        : DateTime.TryParseExact(given, Minutes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? fromLocal(time)
        : given);

    /// <summary>JSON as people read it.</summary>
    /// <param name="json">Good JSON.</param>
    public static string Pretty(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, Indented);
    }

    /// <summary>The same text that <see cref="Pairs"/> reads.</summary>
    internal static string TextOf(IReadOnlyDictionary<string, string> pairs) =>
        string.Join('\n', pairs.Select(pair => $"{pair.Key}: {pair.Value}"));

    private static string? NullIfBlank(string text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string[] Split(string text) =>
        text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static object NumberOf(string text) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : text;

    private static JsonElement JsonOf(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException fault)
        {
            throw new FormatException($"Is no JSON: look at line {fault.LineNumber + 1}, position {fault.BytePositionInLine + 1}.", fault);
        }
    }

    private static Dictionary<string, string> PairsOf(string text)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1)
                throw new FormatException($"'{line}' has no name before a colon. Write it as name: value.");
            if (!pairs.TryAdd(line[..colon].TrimEnd(), line[(colon + 1)..].TrimStart()))
                throw new FormatException($"'{line[..colon].TrimEnd()}' is there twice.");
        }

        return pairs;
    }
}
