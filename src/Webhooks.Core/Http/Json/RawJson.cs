using System.Text.Json;
using System.Text.Json.Serialization;

namespace Webhooks.Core.Http.Json;

/// <summary>JSON that is written into an answer byte for byte as it came in.</summary>
[JsonConverter(typeof(Converter))]
internal readonly record struct RawJson(ReadOnlyMemory<byte> Utf8)
{
    public static readonly RawJson EmptyObject = new("{}"u8.ToArray());

    private sealed class Converter : JsonConverter<RawJson>
    {
        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Request bodies are read by ObjectReader.");

        // Not validated again: it was when it was accepted, and a payload may be megabytes long.
        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }
}
