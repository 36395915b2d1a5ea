using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Webhooks.Core.EventTypes;
using Webhooks.Server.Demo.Cast;

namespace Webhooks.Server.Tests.Demo;

public sealed class PayloadsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 28, 12, 0, 0, TimeSpan.Zero);

    private readonly Draw _draw = new(new Random(7), Now);

    public static TheoryData<string> Kinds => [.. EventCatalogue.Kinds.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Of_AnyDraw_FitsTheSchemaOfItsKind(string name)
    {
        using var schemas = new PayloadSchemas(NullLogger<PayloadSchemas>.Instance);
        var kind = EventCatalogue.Kinds.Single(k => k.Name == name);
        var schema = new JsonObject { ["1"] = Payloads.SchemaOf(kind, Payloads.Of(kind, _draw)) }.ToJsonString();

        for (var i = 0; i < 50; i++)
            (await schemas.FindFaultsAsync(name, schema, Payloads.ToBytes(Payloads.Of(kind, _draw)))).ShouldBeEmpty();
    }

    [Fact]
    public async Task SchemaOf_AnotherKindsPayload_DoesNotFit()
    {
        using var schemas = new PayloadSchemas(NullLogger<PayloadSchemas>.Instance);
        var (kind, other) = (EventCatalogue.Kinds[0], EventCatalogue.Kinds[1]);
        var schema = new JsonObject { ["1"] = Payloads.SchemaOf(kind, Payloads.Of(kind, _draw)) }.ToJsonString();

        (await schemas.FindFaultsAsync(kind.Name, schema, Payloads.ToBytes(Payloads.Of(other, _draw)))).ShouldNotBeEmpty();
    }

    [Fact]
    public void OrderingKeyOf_KindWithAnOrder_IsTheMemberOfItsData()
    {
        var kind = EventCatalogue.Kinds.First(k => k.OrderedBy is not null);
        var payload = Payloads.Of(kind, _draw);

        Payloads.OrderingKeyOf(kind, payload).ShouldBe(payload["data"]![kind.OrderedBy!]!.GetValue<string>());
    }
}
