using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Endpoints.Filters;

/// <summary>A value that a filter compares with: a string, a number, true, false or null.</summary>
/// <param name="Utf8">A string's text, or a number as it was written; empty for the others.</param>
internal sealed record Scalar(JsonValueKind Kind, byte[] Utf8)
{
    /// <returns>Null for objects and lists, and for a string with an escape that is half a UTF-16 pair.</returns>
    public static Scalar? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => StrictJson.TextOf(value) is { } text ? new Scalar(value.ValueKind, Encoding.UTF8.GetBytes(text)) : null,
        JsonValueKind.Number => new Scalar(JsonValueKind.Number, JsonMarshal.GetRawUtf8Value(value).ToArray()),
        JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null => new Scalar(value.ValueKind, []),
        _ => null,
    };

    /// <summary>How a payload's value stands to this one, strings and numbers only; null where the kinds differ.</summary>
    public int? Compare(JsonElement value) => value.ValueKind != Kind ? null : Kind switch
    {
        JsonValueKind.String => JsonText.Head(value, Utf8.Length + 1).SequenceCompareTo(Utf8),
        JsonValueKind.Number => new JsonNumber(JsonMarshal.GetRawUtf8Value(value)).CompareTo(Utf8),
        _ => null,
    };
}
