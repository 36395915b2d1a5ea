using FsCheck;
using FsCheck.Fluent;

namespace Webhooks.Core.Tests.Endpoints.Filters;

/// <summary>Payloads and filters that FsCheck makes up: few names, so that paths often lead somewhere, and odd values.</summary>
internal static class AnyJson
{
    private static readonly string[] Odd =
    [
        "0", "1", "1.0", "-0", "1e400", "-1E-400", "9007199254740993", "0.1000000000000000000000000001", "1e99999999999999999999",
        "\"\"", "\"a\"", "\"\\u0061\"", "\"\\ud83d\"", "\"\\ude00\\ud83d\"", "\"😀\"", "\"\\ud83d\\ude00\"", "\"\\u0000\"", "\"ab\"", "true",
        "false", "null", "{}", "[]",
    ];

    // A filter compares with scalars, and with whole text.
    private static readonly string[] NoOperand = ["{}", "[]", "\"\\ud83d\"", "\"\\ude00\\ud83d\""];

    private static readonly string[] Paths = ["$", "$.a", "$.b", "$.a.b", "$.a[0]", "$.b[-1]", "$['a']['b'][1]", "$[0]", "$.none"];
    private static readonly string[] Operators = ["eq", "in", "prefix", "exists", "gt", "gte", "lt", "lte"];

    /// <summary>A JSON object.</summary>
    public static Arbitrary<Payload> Payloads() => ObjectOf(3).Select(json => new Payload(json)).ToArbitrary();

    /// <summary>A filter that breaks no rule.</summary>
    public static Arbitrary<Filter> Filters() => FilterOf(3).Select(json => new Filter(json)).ToArbitrary();

    /// <summary>Something that may be meant as a filter.</summary>
    public static Arbitrary<Attempt> Attempts() => AttemptOf(4).Select(json => new Attempt(json)).ToArbitrary();

    private static Gen<string> Value(int depth) => depth == 0
        ? Gen.Elements(Odd)
        : Gen.OneOf(Gen.Elements(Odd), ObjectOf(depth), ListOf(Value(depth - 1)));

    private static Gen<string> ObjectOf(int depth) =>
        from a in Value(depth - 1)
        from b in Value(depth - 1)
        from isShort in Gen.Elements(true, false)
        select isShort ? $$"""{"a":{{a}}}""" : $$"""{"a":{{a}},"b":{{b}}}""";

    private static Gen<string> ListOf(Gen<string> entries) =>
        from count in Gen.Choose(0, 3)
        from list in entries.ListOf(count)
        select $"[{string.Join(',', list)}]";

    private static Gen<string> FilterOf(int depth) => depth == 0 ? Test() : Gen.OneOf(
        Test(),
        FilterOf(depth - 1).Select(part => $$"""{"not":{{part}}}"""),
        Joined("and", FilterOf(depth - 1)),
        Joined("or", FilterOf(depth - 1)));

    private static Gen<string> Joined(string kind, Gen<string> parts) =>
        from count in Gen.Choose(1, 3)
        from list in parts.ListOf(count)
        select $$"""{"{{kind}}":[{{string.Join(',', list)}}]}""";

    private static Gen<string> Test() =>
        from path in Gen.Elements(Paths)
        from name in Gen.Elements(Operators)
        from value in Gen.Elements(Odd.Except(NoOperand))
        select $$"""{"path":"{{path}}","{{name}}":{{Operand(name, value)}}}""";

    private static string Operand(string name, string value) => name switch
    {
        "in" => $"[{value},1,\"a\"]",
        "prefix" => value.StartsWith('"') ? value : "\"a\"",
        "exists" => value is "true" ? "true" : "false",
        "eq" => value,
        _ => value is "true" or "false" or "null" ? "1" : value,
    };

    private static Gen<string> AttemptOf(int depth) => depth == 0 ? Gen.Elements(Odd) : Gen.OneOf(
        Gen.Elements(Odd),
        FilterOf(1),
        ListOf(AttemptOf(depth - 1)),
        from name in Gen.Elements("path", "and", "or", "not", "eq", "in", "other")
        from value in AttemptOf(depth - 1)
        from more in AttemptOf(depth - 1)
        select $$"""{"{{name}}":{{value}},"more":{{more}}}""");
}

public sealed record Payload(string Json);

public sealed record Filter(string Json);

public sealed record Attempt(string Json);
