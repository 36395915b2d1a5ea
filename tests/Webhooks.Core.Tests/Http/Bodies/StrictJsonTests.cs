using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Xunit;
using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Tests.Http.Bodies;

public sealed class StrictJsonTests
{
    [Property]
    public void TryParse_AnyBytes_IsTrueOrSaysWhy(byte[] bytes) => Check(bytes);

    [Property]
    public void TryParse_NearlyJson_IsTrueOrSaysWhy(ushort[] choices)
    {
        string[] pieces =
        [
            "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\"", "\"\\u0061\"", "\"\\ud800\"", "\"\\ud83d\\ude00\"", "null", "true", "1",
            "-0.5e7", " ", "\n", "\"", "\\",
        ];

        Check(Encoding.UTF8.GetBytes(string.Concat(choices.Select(choice => pieces[choice % pieces.Length]))));
    }

    [Property]
    public void TryParse_AnyTextsAsMembers_ReadBackAsTheyWere(Dictionary<string, string?> members)
    {
        var sent = members.Where(m => IsWhole(m.Key) && IsWhole(m.Value ?? "")).ToDictionary(m => m.Key, m => m.Value);

        StrictJson.TryParse(JsonSerializer.SerializeToUtf8Bytes(sent), out var document, out var error).ShouldBeTrue(error);

        using (document)
        {
            var read = StrictJson.MembersOf(document!.RootElement)!.ToDictionary(m => m.Key, m => StrictJson.TextOf(m.Value));
            read.ShouldBe(sent, ignoreOrder: true);
        }
    }

    [Property]
    public void TryParse_AMemberTwice_IsFalseHoweverDeepItLies(NonNull<string> name, byte depth)
    {
        var member = JsonSerializer.Serialize(name.Get) + ":1";
        var (open, close) = (string.Concat(Enumerable.Repeat("[", depth % 60)), string.Concat(Enumerable.Repeat("]", depth % 60)));

        IsJson($$"""{"x":{{open}}{{{member}},{{member}}}{{close}}}""").ShouldBeFalse();
    }

    [Property]
    public void TryParse_Nested_IsTrueToTheLimitAndNotBeyond(byte depth)
    {
        var levels = depth % 100;

        IsJson($"{new string('[', levels)}1{new string(']', levels)}").ShouldBe(levels <= StrictJson.MaxDepth);
    }

    private static void Check(byte[] bytes)
    {
        if (!StrictJson.TryParse(bytes, out var document, out var error))
        {
            error.ShouldNotBeNullOrEmpty();
            return;
        }

        using (document)
            AssertStrict(document.RootElement);
        Should.NotThrow(() => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes));
    }

    private static void AssertStrict(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Array)
        {
            foreach (var entry in value.EnumerateArray())
                AssertStrict(entry);
        }
        else if (value.ValueKind is JsonValueKind.Object)
        {
            value.EnumerateObject().Select(member => member.Name).ShouldBeUnique();
            foreach (var member in value.EnumerateObject())
                AssertStrict(member.Value);
        }
    }

    private static bool IsJson(string text)
    {
        var isJson = StrictJson.TryParse(Encoding.UTF8.GetBytes(text), out var document, out _);
        document?.Dispose();
        return isJson;
    }

    // Half a UTF-16 pair can't be said in UTF-8.
    private static bool IsWhole(string text) => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);
}
