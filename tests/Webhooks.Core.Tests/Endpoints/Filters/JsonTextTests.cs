using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FsCheck;
using FsCheck.Xunit;
using Webhooks.Core.Endpoints.Filters;

namespace Webhooks.Core.Tests.Endpoints.Filters;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData(""" "plain" """, "plain")]
    [InlineData(""" "\u0070l\u0061in" """, "plain")]
    [InlineData(""" "\b\f\n\r\t\/\\\"" """, "\b\f\n\r\t/\\\"")]
    [InlineData(""" "\u00e9é\u20AC€" """, "éé€€")]
    [InlineData(""" "\ud83d\uDE00😀" """, "😀😀")]
    [InlineData(""" "" """, "")]
    public void Head_Escapes_AreRead(string json, string expected)
    {
        Encoding.UTF8.GetString(Head(json, 100)).ShouldBe(expected);
    }

    [Theory]
    [InlineData(""" "\ud83d" """)]
    [InlineData(""" "\ude00\ud83d" """)]
    [InlineData(""" "\ud83d\u0041" """)]
    public void Head_HalfAPair_EqualsNoText(string json)
    {
        var head = Head(json, 100);

        System.Text.Unicode.Utf8.IsValid(head).ShouldBeFalse();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public void Head_OfALongText_IsNoLongerThanAskedFor(int length)
    {
        Head($"\"\\u0061{new string('b', length)}\"", 3).Length.ShouldBeLessThanOrEqualTo(3 + 4);
        Head($"\"{new string('b', length)}\"", 3).Length.ShouldBeLessThanOrEqualTo(3);
    }

    [Property]
    public bool Head_AnyText_IsItsUtf8(NonNull<string> text)
    {
        var wellFormed = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Get)); // without half pairs
        var (escaped, relaxed) = (JsonSerializer.Serialize(wellFormed), JsonSerializer.Serialize(wellFormed, Relaxed));
        var utf8 = Encoding.UTF8.GetBytes(wellFormed);
        return Head(escaped, utf8.Length + 1).SequenceEqual(utf8) && Head(relaxed, utf8.Length + 1).SequenceEqual(utf8);
    }

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static byte[] Head(string json, int length)
    {
        using var document = JsonDocument.Parse(json.Trim());
        return JsonText.Head(document.RootElement, length).ToArray();
    }
}
