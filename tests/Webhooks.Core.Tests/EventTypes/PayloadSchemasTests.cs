using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Webhooks.Core.EventTypes;

namespace Webhooks.Core.Tests.EventTypes;

public sealed class PayloadSchemasTests
{
    private const string Schema = """
        {"type":"object","required":["id"],"additionalProperties":false,"properties":{
          "id":{"type":"string"},"a.b":{"type":"integer"},"count":{"type":"integer"},"any":{},
          "items":{"type":"array","items":{
            "type":"object","required":["sku"],"properties":{"sku":{"type":"string"},"n":{"type":"integer"}}}},
          "choice":{"anyOf":[{"type":"integer"},{"type":"object","properties":{"x":{"type":"string"}}}]}}}
        """;

    [Theory]
    [InlineData("""{"id":"x"}""", "")]
    [InlineData("{}", "id PropertyRequired")]
    [InlineData("""{"id":7}""", "id StringExpected")]
    [InlineData("""{"id":"x","a.b":"y"}""", "a.b IntegerExpected")]
    [InlineData("""{"id":"x","items":[{"sku":"s"},{}]}""", "items/[1]/sku PropertyRequired")]
    [InlineData("""{"id":"x","items":[{"sku":7,"n":"m"}]}""", "items/[0]/sku StringExpected, items/[0]/n IntegerExpected")]
    [InlineData("""{"id":"x","choice":{"x":7}}""", "choice NotAnyOf")]
    [InlineData("""{"id":"x","choice":2.0}""", "")]
    [InlineData("""{"id":"x","more":1}""", "more NoAdditionalPropertiesAllowed")]
    [InlineData("""{"id":"x","count":1.0}""", "")]
    [InlineData("""{"id":"x","count":1.5}""", "count IntegerExpected")]
    [InlineData("""{"id":"x","items":[{"sku":"s","n":1e2}]}""", "")]
    [InlineData("""{"id":"\ud83d","any":{"$ref":"#/none","$type":"System.Object, mscorlib"}}""", "")]
    [InlineData("""{"id":"2026-01-01T00:00:00Z","any":1e400}""", "")]
    public async Task FindFaults_Payloads_AreToldWithTheirPlaces(string payload, string expected)
    {
        (await FaultsAsync($$"""{"1":{{Schema}}}""", payload)).ShouldBe(expected);
    }

    [Fact]
    public async Task FindFaults_HighestVersion_Counts()
    {
        const string Schemas = """{"2":{"required":["two"]},"10":{"required":["ten"]},"9":{"required":["nine"]}}""";

        (await FaultsAsync(Schemas, "{}")).ShouldBe("ten PropertyRequired");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"1":{}}""")]
    [InlineData("""{"1":{"properties":{"a":{"$ref":"http://127.0.0.1:1/schema.json"}}}}""")]
    [InlineData("""{"1":{"properties":{"a":{"$ref":"/etc/hostname"}}}}""")]
    public async Task FindFaults_NoSchemaToCompile_RefusesNothing(string schemas)
    {
        (await FaultsAsync(schemas, """{"a":1}""")).ShouldBe("");
    }

    [Theory]
    [InlineData("""{"1":{"$ref":"#"}}""", "{}")]
    [InlineData("""{"1":{"allOf":[{"$ref":"#"}]}}""", "{}")]
    [InlineData("""{"1":{"anyOf":[{"allOf":[{"$ref":"#/anyOf/0"}]}]}}""", "{}")]
    [InlineData("""{"1":{"not":{"$ref":"#"}}}""", "{}")]
    [InlineData("""{"1":{"oneOf":[{"$ref":"#"},{"type":"object"}]}}""", "{}")]
    public async Task FindFaults_SchemaWithoutAnEnd_CannotBeCheckedAndHarmsNobody(string schemas, string payload)
    {
        (await FaultsAsync(schemas, payload)).ShouldBe(" CannotBeChecked");
    }

    [Fact]
    public async Task FindFaults_SchemaWithBillionsOfWays_CannotBeChecked()
    {
        var parts = Enumerable.Range(0, 40).Select(
            i => $$"""
                "p{{i}}":{"allOf":[{"$ref":"#/definitions/p{{i + 1}}"},{"$ref":"#/definitions/p{{i + 1}}"}]}
                """);
        var schema = $$"""{"1":{"allOf":[{"$ref":"#/definitions/p0"}],"definitions":{ {{string.Join(',', parts)}},"p40":{} } } }""";

        (await FaultsAsync(schema, "{}")).ShouldBe(" CannotBeChecked");
    }

    [Theory]
    [InlineData("date-time", "2026-01-31T12:00:00Z", "soon", "DateTimeExpected")]
    [InlineData("date", "2026-01-31", "31.1.2026", "DateExpected")]
    [InlineData("uuid", "0194bb9c-3cf6-7c3e-9d1b-5b1d2f6a7c11", "x", "UuidExpected")]
    [InlineData("email", "a@example.com", "a", "EmailExpected")]
    [InlineData("uri", "https://example.com/a", "a", "UriExpected")]
    [InlineData("ipv4", "192.0.2.1", "1922.0.2.1", "IpV4Expected")]
    [InlineData("none-that-is-known", "a", "b", "")]
    public async Task FindFaults_Format_IsChecked(string format, string fits, string other, string expected)
    {
        var schema = $$"""{"1":{"properties":{"a":{"type":"string","format":"{{format}}"} } } }""";

        (await FaultsAsync(schema, $$"""{"a":"{{fits}}"}""")).ShouldBe("");
        (await FaultsAsync(schema, $$"""{"a":"{{other}}"}""")).ShouldBe(expected is "" ? "" : $"a {expected}");
    }

    [Theory]
    [InlineData("\"paid\"", "\"paid\"", "\"Paid\"")]
    [InlineData("5", "5.0", "5.1")]
    [InlineData("5.0", "5", "\"5\"")]
    [InlineData("true", "true", "1")]
    [InlineData("null", "null", "{}")]
    public async Task FindFaults_Const_IsChecked(string value, string fits, string other)
    {
        var schema = $$"""{"1":{"properties":{"a":{"const":{{value}} } } } }""";

        (await FaultsAsync(schema, $$"""{"a":{{fits}}}""")).ShouldBe("");
        (await FaultsAsync(schema, $$"""{"a":{{other}}}""")).ShouldBe("a NotInEnumeration");
    }

    [Fact]
    public async Task FindFaults_NumberThatIsTooLongToRead_CannotBeChecked()
    {
        (await FaultsAsync("""{"1":{"type":"object"}}""", $$"""{"a":{{new string('9', 10_000)}}}""")).ShouldBe(" CannotBeChecked");
    }

    [Fact]
    public async Task FindFaults_DeepestPayload_IsRead()
    {
        const string Lists = """
            {"1":{"properties":{"a":{"$ref":"#/definitions/l"}},"definitions":{"l":{"type":"array","items":{"$ref":"#/definitions/l"}}}}}
            """;
        var deepest = $$"""{"a":{{new string('[', 62)}}{{new string(']', 62)}}}""";

        (await FaultsAsync(Lists, deepest)).ShouldBe("");
    }

    [Fact]
    public async Task FindFaults_Thousands_AreCappedAtAHundred()
    {
        using var schemas = new PayloadSchemas(NullLogger<PayloadSchemas>.Instance);
        var payload = $$"""{"l":[{{string.Join(',', Enumerable.Repeat("1", 5_000))}}]}""";

        var faults = await schemas.FindFaultsAsync(
            "t", """{"1":{"properties":{"l":{"items":{"type":"string"}}}}}""", Encoding.UTF8.GetBytes(payload));

        faults.Count.ShouldBe(100);
        faults[99].Path.ShouldBe(["l", "[99]"]);
    }

    [Fact]
    public async Task FindFaults_SameTextTwice_IsCompiledOnce()
    {
        using var schemas = new PayloadSchemas(NullLogger<PayloadSchemas>.Instance);

        await schemas.FindFaultsAsync("t", """{"1":{}}""", "{}"u8.ToArray());
        await schemas.FindFaultsAsync("u", """{"1":{}}""", "{}"u8.ToArray());

        schemas.Count.ShouldBe(1);
    }

    private static async Task<string> FaultsAsync(string text, string payload)
    {
        using var schemas = new PayloadSchemas(NullLogger<PayloadSchemas>.Instance);
        var faults = await schemas.FindFaultsAsync("t", text, Encoding.UTF8.GetBytes(payload));
        return string.Join(", ", faults.Select(fault => $"{string.Join('/', fault.Path)} {fault.Kind}"));
    }
}
