using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Webhooks.Server.Dashboard.Messages;

/// <summary>A payload for people to read.</summary>
internal static class PayloadText
{
    /// <summary>More than anybody reads on a page; the rest is in the download.</summary>
    public const int MaxShown = 131_072;

    // Nothing is escaped that need not be: it is shown as text, never as markup.
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>With line breaks and indents; numbers as they were written. What is not JSON comes back as it is.</summary>
    public static string Format(byte[] payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            using var text = new MemoryStream();
            using (var writer = new Utf8JsonWriter(text, Indented))
                document.WriteTo(writer);
            return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(payload);
        }
    }
}
