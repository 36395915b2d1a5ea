using System.Globalization;
using System.Text.Json;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Http.Bodies;

/// <summary>The kinds of values that bodies have.</summary>
internal sealed partial class ObjectReader
{
    private const int MaxMetadataBytes = 4_096;

    public string Text(string field, TextRule rule) => TextOf(field, rule, isRequired: true) ?? "";

    public string? OptionalText(string field, TextRule rule) => TextOf(field, rule, isRequired: false);

    public bool Boolean(string field, bool fallback)
    {
        if (Find(field, isRequired: false) is not { } value)
            return fallback;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();

        Fault(field, "Must be true or false.");
        return fallback;
    }

    /// <summary>A required word, as what it stands for.</summary>
    public T OneOf<T>(string field, params ReadOnlySpan<(string Word, T Value)> choices) where T : struct =>
        OneOf(field, isRequired: true, choices) ?? default;

    /// <summary>A word, as what it stands for; null when absent or null.</summary>
    public T? OptionalOneOf<T>(string field, params ReadOnlySpan<(string Word, T Value)> choices) where T : struct =>
        OneOf(field, isRequired: false, choices);

    private T? OneOf<T>(string field, bool isRequired, ReadOnlySpan<(string Word, T Value)> choices) where T : struct
    {
        if (Find(field, isRequired) is not { } found || !Expect(field, found, JsonValueKind.String, "a string"))
            return null;

        var text = StrictJson.TextOf(found);
        foreach (var (word, value) in choices)
        {
            if (word == text)
                return value;
        }

        Fault(field, $"Must be one of: {string.Join(", ", choices.ToArray().Select(choice => choice.Word))}.");
        return null;
    }

    /// <summary>A required whole number.</summary>
    public int Integer(string field, int min, int max) => IntegerOf(field, min, max, isRequired: true) ?? min;

    public int? OptionalInteger(string field, int min, int max) => IntegerOf(field, min, max, isRequired: false);

    private int? IntegerOf(string field, int min, int max, bool isRequired)
    {
        if (Find(field, isRequired) is not { } value || !Expect(field, value, JsonValueKind.Number, "a whole number"))
            return null;
        if (value.TryGetInt32(out var number) && number >= min && number <= max)
            return number;

        Fault(field, WholeNumberRule(min, max));
        return null;
    }

    /// <summary>A list of whole numbers; null when absent or null.</summary>
    public List<int>? OptionalIntegers(string field, int min, int max, int maxCount)
    {
        if (Find(field, isRequired: false) is not { } value || !Expect(field, value, JsonValueKind.Array, "a list"))
            return null;
        if (value.GetArrayLength() > maxCount)
            Fault(field, string.Create(CultureInfo.InvariantCulture, $"Must have {maxCount} entries at most."));

        var numbers = new List<int>();
        foreach (var (index, entry) in value.EnumerateArray().Index())
        {
            if (entry.ValueKind is JsonValueKind.Number && entry.TryGetInt32(out var number) && number >= min && number <= max)
                numbers.Add(number);
            else
                _faults.Add(new ValidationErrorItem([.. _path, field, $"[{index}]"], WholeNumberRule(min, max)));
        }

        return numbers;
    }

    /// <summary>A required time; null only with a fault.</summary>
    public DateTimeOffset? Time(string field) => TimeOf(field, isRequired: true);

    public DateTimeOffset? OptionalTime(string field) => TimeOf(field, isRequired: false);

    private DateTimeOffset? TimeOf(string field, bool isRequired)
    {
        if (Find(field, isRequired) is not { } value || !Expect(field, value, JsonValueKind.String, "a time"))
            return null;
        if (TimeText.TryParse(StrictJson.TextOf(value), out var time))
            return time;

        Fault(field, TimeText.Rule);
        return null;
    }

    /// <summary>A list of different texts; null when absent or null.</summary>
    public List<string>? OptionalTexts(string field, TextRule rule, int min, int max) =>
        TextsOf(field, rule, min, max, isRequired: false);

    /// <summary>A required list of different texts.</summary>
    public List<string> Texts(string field, TextRule rule, int min, int max) => TextsOf(field, rule, min, max, isRequired: true) ?? [];

    private List<string>? TextsOf(string field, TextRule rule, int min, int max, bool isRequired)
    {
        if (Find(field, isRequired) is not { } value || !Expect(field, value, JsonValueKind.Array, "a list"))
            return null;
        if (value.GetArrayLength() < min || value.GetArrayLength() > max)
        {
            var orNull = isRequired ? "." : "; null stands for no restriction.";
            Fault(field, string.Create(CultureInfo.InvariantCulture, $"Must have {min} to {max} entries{orNull}"));
            return null;
        }

        var texts = new List<string>();
        foreach (var (index, entry) in value.EnumerateArray().Index())
            Collect(texts, entry, rule, [.. _path, field, $"[{index}]"]);
        return texts;
    }

    /// <summary>An object of strings, at most 4,096 bytes of JSON; empty when absent or null.</summary>
    public Dictionary<string, string> Metadata(string field)
    {
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Find(field, isRequired: false) is not { } value || !Expect(field, value, JsonValueKind.Object, "an object of strings"))
            return entries;
        if (BytesOf(value).Length > MaxMetadataBytes)
            Fault(field, "Must not be longer than 4,096 bytes of JSON.");
        else if (StrictJson.MembersOf(value) is not { } members)
            Fault(field, HalfPair);
        else
            foreach (var (name, entry) in members)
                entries[name] = CheckText(entry, AnyText, [.. _path, field, name], name) ?? "";
        return entries;
    }

    /// <summary>An object of headers by lower-case name; empty when absent or null.</summary>
    /// <param name="isRequired">Whether the object must be there.</param>
    /// <param name="mayBeNull">Whether a value may be null.</param>
    /// <param name="findFault">The rule for a name with its value.</param>
    public Dictionary<string, string?> Headers(string field, bool isRequired, bool mayBeNull, Func<string, string, string?> findFault)
    {
        var headers = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (Find(field, isRequired) is not { } value || !Expect(field, value, JsonValueKind.Object, "an object of strings"))
            return headers;
        if (StrictJson.MembersOf(value) is not { } members)
        {
            Fault(field, HalfPair);
            return headers;
        }

        foreach (var (name, entry) in members)
        {
            var isNull = mayBeNull && entry.ValueKind is JsonValueKind.Null;
            var text = isNull ? null : CheckText(entry, AnyText, [.. _path, field, name], name);
            var fault = text is null ? null : findFault(name, text);
            if (!headers.TryAdd(name.ToLowerInvariant(), text))
                fault = "Occurs twice: the names of headers do not tell capital letters from small ones.";
            if (fault is not null)
                _faults.Add(new ValidationErrorItem([.. _path, field, name], fault));
        }

        return headers;
    }

    private static string WholeNumberRule(int min, int max) =>
        string.Create(CultureInfo.InvariantCulture, $"Must be a whole number from {min} to {max}.");

    private static readonly TextRule AnyText = new(0, int.MaxValue);

    private string? TextOf(string field, TextRule rule, bool isRequired) =>
        Find(field, isRequired) is { } value ? CheckText(value, rule, [.. _path, field]) : null;

    private void Collect(List<string> texts, JsonElement entry, TextRule rule, string[] loc)
    {
        if (CheckText(entry, rule, loc) is not { } text)
            return;
        if (texts.Contains(text, StringComparer.Ordinal))
            _faults.Add(new ValidationErrorItem(loc, "Occurs twice in the list."));
        else
            texts.Add(text);
    }

    private string? CheckText(JsonElement value, TextRule rule, string[] loc, string name = "")
    {
        var text = value.ValueKind is JsonValueKind.String ? StrictJson.TextOf(value) : null;
        var fault = value.ValueKind is not JsonValueKind.String ? "Must be a string."
            : text is null ? HalfPair
            : rule.FindFault(text) ?? AnyText.FindFault(name);
        if (fault is null)
            return text;

        _faults.Add(new ValidationErrorItem(loc, fault));
        return null;
    }
}
