using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
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
    [InlineData("""{"reason":"  "}""", "body.reason: Must have a visible character.")]
    public async Task Discard_WithoutAReason_IsRefused(string body, string fault)
    {
        var (_, _, letter) = await LetterAsync();

        (await host.Api.PostAsync($"/dead-letter/{letter}/discard", body)).Expect(422).Faults.ShouldBe([fault]);
        (await host.Api.PostAsync($"/dead-letter/{letter}/discard", $$"""{"reason":"{{new string('r', 1_025)}}"}""")).Expect(422);
        (await host.Api.PostAsync($"/dead-letter/{letter}/discard", $$"""{"reason":"{{new string('r', 1_024)}}"}""")).Expect(200);
    }

    [Fact]
    public async Task Arrived_Held_IsASuccessBySomebodysWord()
    {
        var (app, letter) = await HeldAsync();

        var arrived = (await host.Api.PostAsync($"/dead-letter/{letter}/arrived", """{"note":"Found in its books."}""")).Expect(200);

        (arrived.Id, arrived["state"], arrived["decidedBy"], arrived["note"])
            .ShouldBe((letter, "arrived", "key_00000000000000000000000001", "Found in its books."));
        arrived.Json.GetProperty("decidedAt").GetDateTimeOffset().ShouldBe(host.Clock.GetUtcNow());
        (await host.Api.GetAsync($"/dead-letter/{letter}")).Expect(200)["deliveryState"].ShouldBe("delivered");
        (await host.Api.GetAsync($"/app/{app}/msg/{arrived["msgId"]}/endpoint")).Expect(200).List("statusText").ShouldBe(["success"]);
        (await host.Api.GetAsync($"/dead-letter?app_id={app}&state=arrived")).Expect(200).List("id").ShouldBe([letter]);
        (await host.Api.GetAsync($"/dead-letter?app_id={app}&state=undecided")).Expect(200).List("id").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    public async Task Arrived_WithoutANote_IsTaken(string? body)
    {
        var (_, letter) = await HeldAsync();

        (await host.Api.PostAsync($"/dead-letter/{letter}/arrived", body)).Expect(200)["note"].ShouldBe("");
    }

    [Fact]
    public async Task Arrived_DeadAfterAnUnknownAttempt_IsTaken()
    {
        var (_, _, letter) = await LetterAsync();
        await host.AttemptOfAsync(letter, AttemptOutcome.Unknown, null);
        await host.AttemptOfAsync(letter, AttemptOutcome.Rejected, 500, number: 2);

        (await host.Api.PostAsync($"/dead-letter/{letter}/arrived")).Expect(200)["reason"].ShouldBe("rejected");

        (await DeliveryAsync(letter)).State.ShouldBe(DeliveryState.Delivered);
    }

    [Fact]
    public async Task Arrived_NothingWasUnknown_IsRefusedAndStaysOpen()
    {
        var (_, _, letter) = await LetterAsync();
        await host.AttemptOfAsync(letter, AttemptOutcome.Rejected, 500);

        (await host.Api.PostAsync($"/dead-letter/{letter}/arrived")).Expect(400)["code"].ShouldBe("outcome_known");

        (await host.Api.GetAsync($"/dead-letter/{letter}")).Expect(200)["state"].ShouldBe("open");
    }

    [Fact]
    public async Task Any_AlreadyArrived_IsAConflictThatSaysSo()
    {
        var (_, letter) = await HeldAsync();
        (await host.Api.PostAsync($"/dead-letter/{letter}/arrived")).Expect(200);

        foreach (var answer in new[]
        {
            await host.Api.PostAsync($"/dead-letter/{letter}/replay"), await host.Api.PostAsync($"/dead-letter/{letter}/discard", Why),
            await host.Api.PostAsync($"/dead-letter/{letter}/arrived"),
        })
            answer.Expect(409)["detail"].ShouldStartWith(
                "This dead letter was said to have arrived by key_00000000000000000000000001 at 2026-01-31T");
    }

    [Fact]
    public async Task Arrived_FaultyOrUnknown_IsRefused()
    {
        var (_, letter) = await HeldAsync();

        (await host.Api.PostAsync($"/dead-letter/{letter}/arrived", """{"note":""}""")).Expect(422).Faults
            .ShouldBe(["body.note: Must have 1 to 1,024 characters."]);
        (await host.Api.PostAsync($"/dead-letter/{letter}/arrived", "[]")).Expect(422);
        (await host.Api.PostAsync("/dead-letter/dlv_00000000000000000000000000/arrived")).Expect(404);
        (await host.Api.PostAsync("/dead-letter/nonsense/arrived")).Expect(404);
    }

    [Fact]
    public async Task Arrived_SameIdempotencyKey_IsAnsweredAndCountedOnce()
    {
        var (_, letter) = await HeldAsync();
        using var counted = new ArrivedCounter(host.Services.GetRequiredService<IMeterFactory>());

        var first = (await host.Api.PostAsync($"/dead-letter/{letter}/arrived", "{}", "key-arrived")).Expect(200);
        var second = (await host.Api.PostAsync($"/dead-letter/{letter}/arrived", "{}", "key-arrived")).Expect(200);

        (second.Text, counted.Count).ShouldBe((first.Text, 1));
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

    private async Task<(string App, string Letter)> HeldAsync()
    {
        var app = await host.ApplicationAsync();
        await host.EndpointAsync(app);
        return (app, await host.HeldLetterAsync(app));
    }

    private Task<Delivery> DeliveryAsync(string id)
    {
        IdText.TryParse<DeliveryId>(id, out var deliveryId).ShouldBeTrue();
        return host.ReadAsync(db => db.Deliveries.AsNoTracking().SingleAsync(d => d.Id == deliveryId));
    }
}
