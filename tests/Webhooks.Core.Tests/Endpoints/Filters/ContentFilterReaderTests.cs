using System.Text;
using Webhooks.Core.Endpoints.Filters;

namespace Webhooks.Core.Tests.Endpoints.Filters;

public sealed class ContentFilterReaderTests
{
    [Theory]
    [InlineData("{}", "")]
    [InlineData("[]", "")]
    [InlineData("""{"eq":1}""", "")]
    [InlineData("""{"path":"$","and":[]}""", "")]
    [InlineData("""{"path":"$.a"}""", "")]
    [InlineData("""{"path":7,"eq":1}""", "path")]
    [InlineData("""{"path":"a","eq":1}""", "path")]
    [InlineData("""{"path":"\ud83d","eq":1}""", "path")]
    [InlineData("""{"path":"$.a","eq":{}}""", "eq")]
    [InlineData("""{"path":"$.a","eq":[1]}""", "eq")]
    [InlineData("""{"path":"$.a","eq":"\ud83d"}""", "eq")]
    [InlineData("""{"path":"$.a","in":[]}""", "in")]
    [InlineData("""{"path":"$.a","in":"x"}""", "in")]
    [InlineData("""{"path":"$.a","in":[1,{},[]]}""", "in.[1] in.[2]")]
    [InlineData("""{"path":"$.a","prefix":1}""", "prefix")]
    [InlineData("""{"path":"$.a","exists":1}""", "exists")]
    [InlineData("""{"path":"$.a","exists":null}""", "exists")]
    [InlineData("""{"path":"$.a","gt":null,"gte":true,"lt":[],"lte":{}}""", "gt gte lt lte")]
    [InlineData("""{"path":"$.a","eq":1,"suffix":"x"}""", "suffix")]
    [InlineData("""{"and":[{"path":"$.a","eq":1}],"eq":1}""", "eq")]
    [InlineData("""{"and":[]}""", "and")]
    [InlineData("""{"or":{}}""", "or")]
    [InlineData("""{"not":[]}""", "not")]
    [InlineData("""{"not":null}""", "not")]
    [InlineData("""{"and":[{"path":"x","eq":1},{"path":"$","eq":{}},{"or":[7]}]}""", "and.[0].path and.[1].eq and.[2].or.[0]")]
    public void Read_Faulty_NamesEachPlace(string json, string places)
    {
        Faults(json).Select(fault => string.Join('.', fault.Loc)).ShouldBe(places.Split(' '));
    }

    [Fact]
    public void Read_Nesting_IsBoundedAtEight()
    {
        Faults(Nested(8)).ShouldBeEmpty();
        Faults(Nested(9)).ShouldHaveSingleItem().Message.ShouldContain("8 levels");
    }

    [Fact]
    public void Read_Nodes_AreBoundedAtAHundred()
    {
        Faults(Wide(99)).ShouldBeEmpty();
        Faults(Wide(100)).ShouldHaveSingleItem().Message.ShouldContain("100 nodes");
        Faults(Wide(400)).ShouldHaveSingleItem().Message.ShouldContain("100 nodes");
    }

    [Fact]
    public void Read_ValuesOfIn_AreBoundedAtAThousand()
    {
        Faults(In(1_000)).ShouldBeEmpty();
        Faults(In(1_001)).ShouldHaveSingleItem().Loc.ShouldBe(["in"]);
    }

    [Fact]
    public void Read_Length_IsBoundedAt16KiB()
    {
        var shortest = """{"path":"$.a","eq":""}""".Length;

        Faults(Long(ContentFilter.MaxBytes - shortest)).ShouldBeEmpty();
        Faults(Long(ContentFilter.MaxBytes - shortest + 1)).ShouldHaveSingleItem().Loc.ShouldBeEmpty();
    }

    [Fact]
    public void Get_SameTextTwice_IsCompiledOnce()
    {
        using var cache = new ContentFilterCache();

        var first = cache.Get("""{"path":"$.a","eq":1}""");

        cache.Get("""{"path":"$.a","eq":1}""").ShouldBeSameAs(first);
        cache.Get("""{"path":"$.a","eq":2}""").ShouldNotBeSameAs(first);
        cache.Count.ShouldBe(2);
    }

    [Fact]
    public void Get_MoreThanFit_AreNotAllKept()
    {
        using var cache = new ContentFilterCache(sizeLimit: 250);

        for (var i = 0; i < 100; i++)
            cache.Get($$"""{"path":"$.a","eq":{{i}}}""").ShouldNotBeNull();

        cache.Count.ShouldBeLessThan(12);
    }

    private static string Long(int length) => $$"""{"path":"$.a","eq":"{{new string('x', length)}}"}""";

    private static string Nested(int depth) => depth == 1 ? """{"path":"$","exists":true}""" : $$"""{"not":{{Nested(depth - 1)}}}""";

    private static string Wide(int parts) => $$"""{"and":[{{string.Join(',', Enumerable.Repeat(Nested(1), parts))}}]}""";

    private static string In(int values) => $$"""{"path":"$.a","in":[{{string.Join(',', Enumerable.Range(0, values))}}]}""";

    private static IReadOnlyList<FilterFault> Faults(string json)
    {
        var reader = new ContentFilterReader();
        var filter = reader.Read(Encoding.UTF8.GetBytes(json));

        (filter is null).ShouldBe(reader.Faults.Count > 0);
        return reader.Faults;
    }
}
