using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Messages;
using Webhooks.Server.Tests.Hosting;
using static System.Text.Encoding;

namespace Webhooks.Server.Tests.Messages;

public sealed class MessageContentApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Expunge_Message_RemovesThePayloadAndNothingElse()
    {
        var app = await host.ApplicationAsync();
        await host.EndpointAsync(app);
        var message = await host.MessageAsync(app, more: ",\"eventId\":\"e-1\"");

        (await host.Api.DeleteAsync($"/app/{app}/msg/e-1/content")).Expect(204).Text.ShouldBeEmpty();

        (await host.Api.GetAsync($"/app/{app}/msg/{message}")).Expect(200).Text.ShouldContain("\"payload\":{\"expired\":true}");
        (await host.Api.GetAsync($"/app/{app}/msg/{message}?with_content=false")).Expect(200).Text.ShouldContain("\"payload\":{}");
        var (payloads, states) = await host.ReadAsync(async db => (
            await db.MessagePayloads.CountAsync(p => p.MessageId == IdOf(message)),
            await db.Deliveries.Where(d => d.MessageId == IdOf(message)).Select(d => d.State).ToListAsync()));
        payloads.ShouldBe(0);
        states.ShouldBe([DeliveryState.Waiting], "the worker that claims it makes it a dead letter");
    }

    [Fact]
    public async Task Expunge_AgainOrNowhere_IsNoFaultOrNotFound()
    {
        var app = await host.ApplicationAsync();
        var message = await host.MessageAsync(app);

        (await host.Api.DeleteAsync($"/app/{app}/msg/{message}/content")).Expect(204);
        (await host.Api.DeleteAsync($"/app/{app}/msg/{message}/content")).Expect(204);
        (await host.Api.DeleteAsync($"/app/{app}/msg/none/content")).Expect(404);
        (await host.Api.DeleteAsync($"/app/{await host.ApplicationAsync()}/msg/{message}/content")).Expect(404);
    }

    [Fact]
    public async Task Publish_RawPayload_IsStoredBesideThePayload()
    {
        var app = await host.ApplicationAsync();

        var message = await host.MessageAsync(app, more: """,  "transformationsParams":{"rawPayload":"<xml>é</xml>"}""");

        (await host.Api.GetAsync($"/app/{app}/msg/{message}")).Expect(200).Text.ShouldContain("""{"n":1}""");
        var stored = await host.ReadAsync(db => db.MessagePayloads.SingleAsync(p => p.MessageId == IdOf(message)));
        UTF8.GetString(stored.Body).ShouldBe("""{"n":1}""");
        UTF8.GetString(stored.RawBody!).ShouldBe("<xml>é</xml>");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"rawPayload":null}""")]
    public async Task Publish_NoRawPayload_StoresNone(string parameters)
    {
        var app = await host.ApplicationAsync();

        var message = await host.MessageAsync(app, more: $",\"transformationsParams\":{parameters}");

        (await host.ReadAsync(db => db.MessagePayloads.SingleAsync(p => p.MessageId == IdOf(message)))).RawBody.ShouldBeNull();
    }

    [Theory]
    [InlineData("7", "body.transformationsParams")]
    [InlineData("""{"rawPayload":""}""", "body.transformationsParams.rawPayload")]
    [InlineData("""{"rawPayload":{}}""", "body.transformationsParams.rawPayload")]
    [InlineData("""{"headers":{"content-type":"text/xml"}}""", "body.transformationsParams.headers")]
    public async Task Publish_FaultyRawPayload_IsRefused(string parameters, string place)
    {
        var app = await host.ApplicationAsync();

        var answer = await host.Api.PostAsync(
            $"/app/{app}/msg", $$"""{"eventType":"a","payload":{},"transformationsParams":{{parameters}}}""");

        answer.Expect(422).Faults.Single().Split(": ")[0].ShouldBe(place);
    }

    private static MessageId IdOf(string text)
    {
        IdText.TryParse<MessageId>(text, out var id).ShouldBeTrue();
        return id;
    }
}
