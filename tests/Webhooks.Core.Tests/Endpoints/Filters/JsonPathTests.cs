using System.Text.Json;
using Webhooks.Core.Endpoints.Filters;

namespace Webhooks.Core.Tests.Endpoints.Filters;

public sealed class JsonPathTests
{
    private const string Payload = """
        {"o":{"j j":{"k.k":3}},"'":{"@":2},"a":[["x","y"],"last"],
         "é":"latin","😀":"pair","_1":0,"":"empty","null":null,"\"":"quote","\\":"back"}
        """;

    [Theory]
    [InlineData("$.o['j j']", """{"k.k":3}""")]
    [InlineData("$.o['j j']['k.k']", "3")]
    [InlineData("""$.o["j j"]["k.k"]""", "3")]
    [InlineData("""$["'"]["@"]""", "2")]
    [InlineData("""$['\'']['@']""", "2")]
    [InlineData("""$["\""]""", "\"quote\"")]
    [InlineData("""$['"']""", "\"quote\"")]
    [InlineData("""$['\\']""", "\"back\"")]
    [InlineData("$.a[0][1]", "\"y\"")]
    [InlineData("$.a[-1]", "\"last\"")]
    [InlineData("$.a[-2][-2]", "\"x\"")]
    [InlineData("$ .a [1]", "\"last\"")]
    [InlineData("$\n\t\r .a", """[["x","y"],"last"]""")]
    [InlineData("$.é", "\"latin\"")]
    [InlineData("$.😀", "\"pair\"")]
    [InlineData("""$['\ud83d\ude00']""", "\"pair\"")]
    [InlineData("""$['\u00E9']""", "\"latin\"")]
    [InlineData("$._1", "0")]
    [InlineData("$['']", "\"empty\"")]
    [InlineData("$.null", "null")]
    public void Find_PathThatLeadsToAValue_IsThatValue(string path, string expected)
    {
        Find(path)!.Value.GetRawText().ShouldBe(expected);
    }

    [Fact]
    public void Find_RootAlone_IsThePayload() => Find("$")!.Value.GetRawText().ShouldBe(Payload.Trim());

    [Theory]
    [InlineData("$.none")]
    [InlineData("$.o.j")]
    [InlineData("$.A")]
    [InlineData("$.a[2]")]
    [InlineData("$.a[-3]")]
    [InlineData("$.a[9007199254740991]")]
    [InlineData("$.a[-9007199254740991]")]
    [InlineData("$.a.length")]
    [InlineData("$.o[0]")]
    [InlineData("$['0']")]
    [InlineData("$.null.more")]
    [InlineData("$._1[0]")]
    public void Find_PathThatLeadsNowhere_IsNothing(string path)
    {
        Find(path).ShouldBeNull();
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData(" $", 1)]
    [InlineData("a", 1)]
    [InlineData("@.a", 1)]
    [InlineData("$a", 2)]
    [InlineData("$ ", 3)]
    [InlineData("$.a ", 5)]
    [InlineData("$.", 3)]
    [InlineData("$. a", 3)]
    [InlineData("$.1a", 3)]
    [InlineData("$.a-b", 4)]
    [InlineData("$..a", 3)]
    [InlineData("$.*", 3)]
    [InlineData("$.['a']", 3)]
    [InlineData("$[*]", 3)]
    [InlineData("$[]", 3)]
    [InlineData("$[", 3)]
    [InlineData("$[0", 4)]
    [InlineData("$[ 0]", 3)]
    [InlineData("$[0 ]", 4)]
    [InlineData("$[0,1]", 4)]
    [InlineData("$[0:1]", 4)]
    [InlineData("$[?@.a]", 3)]
    [InlineData("$[01]", 3)]
    [InlineData("$[-0]", 3)]
    [InlineData("$[-]", 4)]
    [InlineData("$[+1]", 3)]
    [InlineData("$[1.0]", 4)]
    [InlineData("$[9007199254740992]", 3)]
    [InlineData("$[-9007199254740992]", 3)]
    [InlineData("$[99999999999999999999999999]", 3)]
    [InlineData("$['a]", 6)]
    [InlineData("$['a'", 6)]
    [InlineData("""$['a"]""", 7)]
    [InlineData("$['a\nb']", 5)]
    [InlineData("""$['\"']""", 4)]
    [InlineData("""$["\'"]""", 4)]
    [InlineData("""$['\x']""", 4)]
    [InlineData("""$['\""", 4)]
    [InlineData("""$['\u12']""", 4)]
    [InlineData("""$['\u12G4']""", 4)]
    [InlineData("""$['\ud83d']""", 4)]
    [InlineData("""$['\ud83dx']""", 4)]
    [InlineData("""$['\ude00\ud83d']""", 4)]
    [InlineData("$.a[0].b..c", 10)]
    public void TryParse_NotASingularQuery_SaysWhere(string text, int character)
    {
        JsonPath.TryParse(text, out var path, out var error).ShouldBeFalse();

        path.ShouldBeNull();
        error!.ShouldEndWith($"at character {character}.");
    }

    [Fact]
    public void TryParse_HalfAPairAsAName_IsRefused() => JsonPath.TryParse("$.\ud83d", out _, out _).ShouldBeFalse();

    private static JsonElement? Find(string text)
    {
        JsonPath.TryParse(text, out var path, out var error).ShouldBeTrue(error);
        path!.ToString().ShouldBe(text);
        return path.Find(JsonDocument.Parse(Payload.Trim()).RootElement);
    }
}
