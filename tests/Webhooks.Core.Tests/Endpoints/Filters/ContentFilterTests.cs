using System.Text.Json;
using Webhooks.Core.Endpoints.Filters;

namespace Webhooks.Core.Tests.Endpoints.Filters;

public sealed class ContentFilterTests
{
    private const string Payload = """
        {"n":1999,"exact":9007199254740993,"huge":1e400,"s":"invoice.paid","esc":"\u0065sc","half":"\ud83d","t":true,"f":false,"null":null,
         "o":{"a":1},"l":[1,"two"],"empty":""}
        """;

    [Theory]
    [InlineData("n", "1999", true)]
    [InlineData("n", "1999.0", true)]
    [InlineData("n", "1.999e3", true)]
    [InlineData("n", "1999.0000000000000000000000000001", false)]
    [InlineData("n", "\"1999\"", false)]
    [InlineData("exact", "9007199254740992", false)]
    [InlineData("exact", "9007199254740993", true)]
    [InlineData("huge", "10e399", true)]
    [InlineData("huge", "1e401", false)]
    [InlineData("s", "\"invoice.paid\"", true)]
    [InlineData("s", "\"Invoice.paid\"", false)]
    [InlineData("s", "\"invoice\"", false)]
    [InlineData("s", "\"invoice.paid.late\"", false)]
    [InlineData("esc", "\"esc\"", true)]
    [InlineData("esc", "\"\\u0065\\u0073c\"", true)]
    [InlineData("half", "\"\\ufffd\"", false)]
    [InlineData("t", "true", true)]
    [InlineData("t", "false", false)]
    [InlineData("f", "false", true)]
    [InlineData("f", "null", false)]
    [InlineData("null", "null", true)]
    [InlineData("none", "null", false)]
    [InlineData("empty", "\"\"", true)]
    [InlineData("o", "1", false)]
    [InlineData("l", "1", false)]
    public void Eq_Values_AreComparedByKindAndExactly(string member, string value, bool matches)
    {
        Matches($$"""{"path":"$.{{member}}","eq":{{value}}}""").ShouldBe(matches);
        Matches($$"""{"path":"$.{{member}}","in":["other",{{value}}]}""").ShouldBe(matches);
    }

    [Theory]
    [InlineData("s", """["a","invoice.paid","z"]""", true)]
    [InlineData("s", """["a","invoice.void","z"]""", false)]
    [InlineData("n", """[1,"1999",2e3,1999]""", true)]
    [InlineData("n", """["1999",true,null]""", false)]
    [InlineData("null", """[1,null]""", true)]
    [InlineData("t", """["true",true]""", true)]
    [InlineData("o", """["a",1]""", false)]
    [InlineData("none", """[null]""", false)]
    public void In_Lists_NeedOneThatIsEqual(string member, string values, bool matches)
    {
        Matches($$"""{"path":"$.{{member}}","in":{{values}}}""").ShouldBe(matches);
    }

    [Fact]
    public void In_AThousandValues_FindsEach()
    {
        var values = string.Join(',', Enumerable.Range(0, 500).Select(i => $"{i},\"{i}\""));
        var filter = ContentFilter.Parse($$"""{"path":"$.v","in":[{{values}}]}""");

        for (var i = 0; i < 500; i++)
        {
            filter.Matches(Json($$"""{"v":{{i}}.0}""")).ShouldBeTrue();
            filter.Matches(Json($$"""{"v":"{{i}}"}""")).ShouldBeTrue();
            filter.Matches(Json($$"""{"v":"{{i}}x"}""")).ShouldBeFalse();
            filter.Matches(Json($$"""{"v":{{i}}.5}""")).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("s", "invoice.", true)]
    [InlineData("s", "invoice.paid", true)]
    [InlineData("s", "invoice.paid!", false)]
    [InlineData("s", "nvoice", false)]
    [InlineData("s", "", true)]
    [InlineData("esc", "es", true)]
    [InlineData("n", "1", false)]
    [InlineData("none", "", false)]
    [InlineData("null", "", false)]
    public void Prefix_Strings_BeginSo(string member, string prefix, bool matches)
    {
        Matches($$"""{"path":"$.{{member}}","prefix":"{{prefix}}"}""").ShouldBe(matches);
    }

    [Theory]
    [InlineData("n", true)]
    [InlineData("null", true)]
    [InlineData("o.a", true)]
    [InlineData("l[-1]", true)]
    [InlineData("none", false)]
    [InlineData("o.b", false)]
    [InlineData("l[2]", false)]
    [InlineData("s.length", false)]
    public void Exists_PathsWithAndWithoutAValue_AreTold(string path, bool exists)
    {
        Matches($$"""{"path":"$.{{path}}","exists":true}""").ShouldBe(exists);
        Matches($$"""{"path":"$.{{path}}","exists":false}""").ShouldBe(!exists);
    }

    [Theory]
    [InlineData("n", "gt", "1998.9", true)]
    [InlineData("n", "gt", "1999", false)]
    [InlineData("n", "gte", "1999.0", true)]
    [InlineData("n", "lt", "1e309", true)]
    [InlineData("n", "lt", "1999", false)]
    [InlineData("n", "lte", "1999", true)]
    [InlineData("huge", "gt", "1.7976931348623157e308", true)]
    [InlineData("exact", "gt", "9007199254740992", true)]
    [InlineData("s", "gt", "\"invoice\"", true)]
    [InlineData("s", "gt", "\"z\"", false)]
    [InlineData("s", "lt", "\"invoice.paid\"", false)]
    [InlineData("s", "lte", "\"invoice.paid\"", true)]
    [InlineData("s", "gte", "\"INVOICE\"", true)]
    [InlineData("empty", "lt", "\"a\"", true)]
    [InlineData("n", "gt", "\"0\"", false)]
    [InlineData("n", "lt", "\"z\"", false)]
    [InlineData("s", "gte", "0", false)]
    [InlineData("s", "lte", "0", false)]
    [InlineData("t", "gte", "0", false)]
    [InlineData("null", "lte", "0", false)]
    [InlineData("none", "lte", "0", false)]
    public void Order_NumbersAndStrings_CompareWithTheirOwnKindOnly(string member, string name, string value, bool matches)
    {
        Matches($$"""{"path":"$.{{member}}","{{name}}":{{value}}}""").ShouldBe(matches);
    }

    [Fact]
    public void Order_Strings_IsByScalarValueNotByUtf16()
    {
        var filter = ContentFilter.Parse("""{"path":"$.v","gt":"\uffee"}""");

        filter.Matches(Json("""{"v":"😀"}""")).ShouldBeTrue(); // U+1F600 is beyond U+FFEE, though its first UTF-16 unit is not
    }

    [Theory]
    [InlineData("""{"path":"$.n","gte":1000,"lt":2000}""", true)]
    [InlineData("""{"path":"$.n","gte":1000,"lt":1999}""", false)]
    [InlineData("""{"path":"$.n","exists":true,"eq":1999,"in":[1999]}""", true)]
    [InlineData("""{"and":[{"path":"$.n","eq":1999},{"path":"$.t","eq":true}]}""", true)]
    [InlineData("""{"and":[{"path":"$.n","eq":1999},{"path":"$.t","eq":false}]}""", false)]
    [InlineData("""{"or":[{"path":"$.n","eq":1},{"path":"$.t","eq":true}]}""", true)]
    [InlineData("""{"or":[{"path":"$.n","eq":1},{"path":"$.t","eq":false}]}""", false)]
    [InlineData("""{"not":{"path":"$.n","eq":1}}""", true)]
    [InlineData("""{"not":{"path":"$.none","eq":1}}""", true)]
    [InlineData("""{"not":{"and":[{"path":"$.n","exists":true},{"not":{"path":"$.t","eq":true}}]}}""", true)]
    public void Logic_OfSeveralTests_IsAsItSays(string filter, bool matches)
    {
        Matches(filter).ShouldBe(matches);
    }

    [Theory]
    [InlineData("""{"path":"$.n","gte":1,"lt":2}""", "lt")]
    [InlineData("""{"and":[{"path":"$.n","eq":1999},{"or":[{"path":"$.t","eq":false}]}]}""", "and [1] or")]
    [InlineData("""{"not":{"path":"$.t","eq":true}}""", "not")]
    public void FindMismatch_FirstNodeThatSaysNo_IsNamed(string filter, string loc)
    {
        string.Join(' ', ContentFilter.Parse(filter).FindMismatch(Json(Payload))!.Loc).ShouldBe(loc);
    }

    [Fact]
    public void Parse_WhatNeverCameIn_Throws() =>
        Should.Throw<InvalidOperationException>(() => ContentFilter.Parse("""{"path":"$","more":1}""")).Message.ShouldContain("more");

    private static bool Matches(string filter) => ContentFilter.Parse(filter).Matches(Json(Payload));

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
