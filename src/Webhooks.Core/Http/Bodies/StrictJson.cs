using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace Webhooks.Core.Http.Bodies;

/// <summary>
/// JSON as RFC 8259 has it and I-JSON (RFC 7493) narrows it: UTF-8 without errors, no member twice, bounded depth.
/// What passes here reads the same at every receiver.
/// </summary>
internal static class StrictJson
{
    /// <summary>How deep arrays and objects may nest, the body's own object included.</summary>
    public const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <param name="error">A sentence that says what is wrong and where; it quotes nothing of the body.</param>
    public static bool TryParse(
        ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out JsonDocument? document, [NotNullWhen(false)] out string? error)
    {
        document = null;
        error = null;
        if (utf8.IsEmpty)
            error = "The body is empty; send a JSON object.";
        else if (!Utf8.IsValid(utf8.Span))
            error = "The body is not valid UTF-8.";
        else
            error = Parse(utf8, out document);

        return document is not null && error is null;
    }

    private static string? Parse(ReadOnlyMemory<byte> utf8, out JsonDocument? document)
    {
        document = null;
        try
        {
            document = JsonDocument.Parse(utf8, Options);
            return null;
        }
        catch (JsonException fault) when (fault.LineNumber is { } line)
        {
            return $"The body is not JSON as this service reads it: line {line + 1}, byte {fault.BytePositionInLine + 1}.";
        }
        catch (JsonException)
        {
            return $"The body is not JSON as this service reads it: a name occurs twice in one object, or it nests deeper than {MaxDepth} "
                + "levels.";
        }
        catch (InvalidOperationException)
        {
            return "The body is not JSON as this service reads it: the escapes of a name are half a UTF-16 pair.";
        }
    }

    /// <summary>The members by name; null when a name's escapes are half a UTF-16 pair, which .NET can't read as text.</summary>
    public static Dictionary<string, JsonElement>? MembersOf(JsonElement value)
    {
        try
        {
            return value.EnumerateObject().ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A string's text; null when its escapes are half a UTF-16 pair.</summary>
    public static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
