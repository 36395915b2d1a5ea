using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.DeadLetters;

public sealed class DeadLetterDecisionsApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Why = """{"reason":"Booked by hand."}""";

    [Fact]
    public async Task Replay_DeadLetter_IsANewDeliveryLinkedToIt()
    {
        var (_, _, letter) = await LetterAsync();

        var replayed = (await host.Api.PostAsync($"/dead-letter/{letter}/replay")).Expect(202);

        (replayed.Id, replayed["state"], replayed["decidedBy"]).ShouldBe((letter, "replayed", "key_00000000000000000000000001"));
        replayed.Json.GetProperty("decidedAt").GetDateTimeOffset().ShouldBe(host.Clock.GetUtcNow());
        var again = await DeliveryAsync(replayed["replayDeliveryId"]);
        (again.MessageId.ToString(), again.EndpointId.ToString(), again.ReplayNumber, again.State)
            .ShouldBe((replayed["msgId"], replayed["endpointId"], 1, DeliveryState.Waiting));
        (await DeliveryAsync(letter)).State.ShouldBe(DeliveryState.Dead);
    }

    [Fact]
    public async Task Replay_Held_EndsTheHeldDelivery()
    {
        var app = await host.ApplicationAsync();
        await host.EndpointAsync(app);
        var letter = await host.HeldLetterAsync(app);

        (await host.Api.PostAsync($"/dead-letter/{letter}/replay")).Expect(202);

        (await host.Api.GetAsync($"/dead-letter/{letter}")).Expect(200)["deliveryState"].ShouldBe("canceled");
    }

    [Fact]
    public async Task Replay_SameIdempotencyKey_IsOneDelivery()
    {
        var (_, _, letter) = await LetterAsync();

        var first = (await host.Api.PostAsync($"/dead-letter/{letter}/replay", null, "key-1")).Expect(202);
        var second = (await host.Api.PostAsync($"/dead-letter/{letter}/replay", null, "key-1")).Expect(202);

        second.Text.ShouldBe(first.Text);
    }

    [Fact]
    public async Task Any_AlreadyReplayed_IsAConflictThatSaysWhoAndWhen()
    {
        var (_, _, letter) = await LetterAsync();
        (await host.Api.PostAsync($"/dead-letter/{letter}/replay")).Expect(202);

        foreach (var answer in new[]
        {
            await host.Api.PostAsync($"/dead-letter/{letter}/replay"), await host.Api.PostAsync($"/dead-letter/{letter}/discard", Why),
        })
        {
            answer.Expect(409)["code"].ShouldBe("already_decided");
            answer["detail"].ShouldBe(
                "This dead letter was replayed by key_00000000000000000000000001 at 2026-01-31T12:00:00.000000Z. To send its message once "
                + "more, use resend.");
        }
    }

    [Fact]
    public async Task Any_AlreadyDiscarded_IsAConflictThatSaysSo()
    {
        var (_, _, letter) = await LetterAsync();
        (await host.Api.PostAsync($"/dead-letter/{letter}/discard", Why)).Expect(200);

        foreach (var answer in new[]
        {
            await host.Api.PostAsync($"/dead-letter/{letter}/replay"), await host.Api.PostAsync($"/dead-letter/{letter}/discard", Why),
        })
            answer.Expect(409)["detail"].ShouldStartWith("This dead letter was discarded by key_00000000000000000000000001 at 2026-01-31T");
    }

    [Theory]
    [InlineData("disabled", "endpoint_disabled")]
    [InlineData("paused", "endpoint_paused")]
    [InlineData("deleted", "endpoint_deleted")]
    [InlineData("payload", "missing_payload")]
    public async Task Replay_CanNotBeSent_IsRefusedAndStaysOpen(string what, string code)
    {
        var (app, endpoint, letter) = await LetterAsync();
        var message = (await host.Api.GetAsync($"/dead-letter/{letter}")).Expect(200)["msgId"];
        _ = what switch
        {
            "disabled" => (await host.Api.PatchAsync($"/app/{app}/endpoint/{endpoint}", """{"disabled":true}""")).Expect(200),
            "paused" => (await host.Api.PostAsync($"/app/{app}/endpoint/{endpoint}/pause", "{}")).Expect(200),
            "deleted" => (await host.Api.DeleteAsync($"/app/{app}/endpoint/{endpoint}")).Expect(204),
            _ => (await host.Api.DeleteAsync($"/app/{app}/msg/{message}/content")).Expect(204),
        };

        (await host.Api.PostAsync($"/dead-letter/{letter}/replay")).Expect(400)["code"].ShouldBe(code);

        (await host.Api.GetAsync($"/dead-letter/{letter}")).Expect(200)["state"].ShouldBe("open");
    }

    [Fact]
    public async Task Discard_DeadLetter_SaysWhoWhenAndWhy()
    {
        var (_, _, letter) = await LetterAsync();

        var discarded = (await host.Api.PostAsync($"/dead-letter/{letter}/discard", Why)).Expect(200);

        (discarded["state"], discarded["decidedBy"], discarded["note"])
            .ShouldBe(("discarded", "key_00000000000000000000000001", "Booked by hand."));
        (await DeliveryAsync(letter)).State.ShouldBe(DeliveryState.Dead);
    }

    [Theory]
    [InlineData("""{}""", "body.reason: Is required.")]
    [InlineData("""{"reason":null}""", "body.reason: Must not be null.")]
    [InlineData("""{"reason":""}""", "body.reason: Must have 1 to 1,024 characters.")]
    public async Task Discard_WithoutAReason_IsRefused(string body, string fault)
    {
        var (_, _, letter) = await LetterAsync();

        (await host.Api.PostAsync($"/dead-letter/{letter}/discard", body)).Expect(422).Faults.ShouldBe([fault]);
        (await host.Api.PostAsync($"/dead-letter/{letter}/discard", $$"""{"reason":"{{new string('r', 1_025)}}"}""")).Expect(422);
        (await host.Api.PostAsync($"/dead-letter/{letter}/discard", $$"""{"reason":"{{new string('r', 1_024)}}"}""")).Expect(200);
    }

    [Fact]
    public async Task Resend_OfTheMessage_DecidesAboutItsDeadLetter()
    {
        var (app, endpoint, letter) = await LetterAsync();
        var message = (await host.Api.GetAsync($"/dead-letter/{letter}")).Expect(200)["msgId"];

        (await host.Api.PostAsync($"/app/{app}/msg/{message}/endpoint/{endpoint}/resend")).Expect(202);

        var decided = (await host.Api.GetAsync($"/dead-letter/{letter}")).Expect(200);
        (decided["state"], decided["decidedBy"]).ShouldBe(("replayed", "key_00000000000000000000000001"));
        (await DeliveryAsync(decided["replayDeliveryId"])).ReplayNumber.ShouldBe(1);
    }

    [Fact]
    public async Task Expunge_OfThePayload_KeepsTheDeadLetter()
    {
        var (app, _, letter) = await LetterAsync();
        var message = (await host.Api.GetAsync($"/dead-letter/{letter}")).Expect(200)["msgId"];

        (await host.Api.DeleteAsync($"/app/{app}/msg/{message}/content")).Expect(204);

        var shown = (await host.Api.GetAsync($"/dead-letter/{letter}")).Expect(200);
        (shown["state"], shown["payloadAvailable"]).ShouldBe(("open", "False"));
    }

    private async Task<(string App, string Endpoint, string Letter)> LetterAsync()
    {
        var app = await host.ApplicationAsync();
        return (app, await host.EndpointAsync(app), await host.DeadLetterAsync(app));
    }

    private Task<Delivery> DeliveryAsync(string id)
    {
        IdText.TryParse<DeliveryId>(id, out var deliveryId).ShouldBeTrue();
        return host.ReadAsync(db => db.Deliveries.AsNoTracking().SingleAsync(d => d.Id == deliveryId));
    }
}
