using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Server.Tests.BackgroundTasks;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.DeadLetters;

public sealed class DeadLetterBulkApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Replay_ByApplication_SendsItsLettersAndSaysSo()
    {
        var (app, letters) = await LettersAsync(3);
        var (_, others) = await LettersAsync(1);

        var started = (await host.Api.PostAsync("/dead-letter/replay", $$"""{"appId":"{{app}}"}""")).Expect(202);
        await host.RunTaskAsync(started.Id);

        (started["status"], started["task"]).ShouldBe(("running", "dead-letter.replay"));
        var shown = (await host.Api.GetAsync($"/background-task/{started.Id}")).Expect(200);
        (shown["state"], shown["task"], shown["applicationId"]).ShouldBe(("finished", "dead-letter.replay", ""));
        shown["data"].ShouldBe(
            """{"dryRun":false,"matched":3,"toSend":3,"sent":3,"mayBeDuplicates":0,"""
            + "\"skipped\":{\"payloadGone\":0,\"endpointDisabled\":0,\"endpointPaused\":0,\"endpointDeleted\":0},\"nextAt\":null}");
        (await StatesAsync(letters)).ShouldAllBe(state => state == DeadLetterState.Replayed);
        (await StatesAsync(others)).ShouldBe([DeadLetterState.Open]);
    }

    [Fact]
    public async Task Discard_ByApplication_KeepsTheReasonWithEach()
    {
        var (app, letters) = await LettersAsync(2);

        var body = $$"""{"appId":"{{app}}","reason":"Contract ended."}""";
        var started = (await host.Api.PostAsync("/dead-letter/discard", body)).Expect(202);
        await host.RunTaskAsync(started.Id);

        (await host.Api.GetAsync($"/background-task/{started.Id}")).Expect(200)["data"]
            .ShouldBe("""{"dryRun":false,"matched":2,"discarded":2}""");
        foreach (var letter in letters)
        {
            var shown = (await host.Api.GetAsync($"/dead-letter/{letter}")).Expect(200);
            (shown["state"], shown["note"]).ShouldBe(("discarded", "Contract ended."));
        }
    }

    [Fact]
    public async Task DryRun_Replay_CountsAndDecidesNothing()
    {
        var (app, letters) = await LettersAsync(2);
        await host.AttemptOfAsync(letters[0], AttemptOutcome.Unknown, null);

        var started = (await host.Api.PostAsync("/dead-letter/replay", $$"""{"appId":"{{app}}","dryRun":true}""")).Expect(202);
        await host.RunTaskAsync(started.Id);

        (await host.Api.GetAsync($"/background-task/{started.Id}")).Expect(200)["data"]
            .ShouldStartWith("""{"dryRun":true,"matched":2,"toSend":2,"sent":0,"mayBeDuplicates":1,""");
        (await StatesAsync(letters)).ShouldAllBe(state => state == DeadLetterState.Open);
    }

    [Fact]
    public async Task Replay_Paced_GoesOnSecondBySecond()
    {
        var (app, letters) = await LettersAsync(5);
        var started = (await host.Api.PostAsync("/dead-letter/replay", $$"""{"appId":"{{app}}","ratePerSecond":2}""")).Expect(202);
        var sent = new List<int>();

        for (var second = 0; second < 3; second++)
        {
            await host.RunTaskAsync(started.Id);
            sent.Add((await StatesAsync(letters)).Count(state => state == DeadLetterState.Replayed));
            host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        sent.ShouldBe([2, 4, 5]);
    }

    [Fact]
    public async Task Replay_WhatDiesAfterwards_IsNoPartOfIt()
    {
        var (app, _) = await LettersAsync(1);
        var started = (await host.Api.PostAsync("/dead-letter/replay", $$"""{"appId":"{{app}}"}""")).Expect(202);
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var later = await host.DeadLetterAsync(app);

        await host.RunTaskAsync(started.Id);

        (await StatesAsync([later])).ShouldBe([DeadLetterState.Open]);
    }

    [Fact]
    public async Task Start_UidOfAnEndpointThatTwoApplicationsHave_MustNameTheApplication()
    {
        var uid = $"e-{Guid.NewGuid():N}";
        var (app, other) = (await host.ApplicationAsync(), await host.ApplicationAsync());
        await host.EndpointAsync(app, $",\"uid\":\"{uid}\"");
        await host.EndpointAsync(other, $",\"uid\":\"{uid}\"");

        (await host.Api.PostAsync("/dead-letter/replay", $$"""{"endpointId":"{{uid}}"}""")).Expect(422).Faults.ShouldBe(
            ["body.endpointId: Several applications have an endpoint with this uid. Name its application, too, in 'appId'."]);
        (await host.Api.PostAsync("/dead-letter/replay", $$"""{"endpointId":"{{uid}}","appId":"{{app}}"}""")).Expect(202);
    }

    [Theory]
    [InlineData("replay", """{"appId":"nobody"}""", "body.appId: There is no such application.")]
    [InlineData("replay", """{"endpointId":"nothing"}""", "body.endpointId: There is no such endpoint.")]
    [InlineData("replay", """{"ratePerSecond":0}""", "body.ratePerSecond: Must be a whole number from 1 to 10000.")]
    [InlineData(
        "replay", """{"reasons":["broken"]}""",
        "body.reasons: Must be of: rejected, notSent, unknown, ours, payloadGone, heldUnknown, parked.")]
    [InlineData("replay", """{"reasons":[]}""", "body.reasons: Must have 1 to 7 entries; null stands for no restriction.")]
    [InlineData("replay", """{"incidentId":"7"}""", "body.incidentId: Must be an incident's id: 'inc_' and 26 characters.")]
    [InlineData(
        "replay", """{"after":"2026-01-31T00:00:00Z","before":"2026-01-31T00:00:00Z"}""", "body.after: Must be before 'before'.")]
    [InlineData("discard", """{}""", "body.reason: Is required.")]
    [InlineData("discard", """{"reason":""}""", "body.reason: Must have 1 to 1,024 characters.")]
    [InlineData("discard", """{"reason":"  "}""", "body.reason: Must have a visible character.")]
    public async Task Start_Faulty_IsRefusedAtTheField(string operation, string body, string fault)
    {
        (await host.Api.PostAsync($"/dead-letter/{operation}", body)).Expect(422).Faults.ShouldBe([fault]);
    }

    private async Task<(string App, List<string> Letters)> LettersAsync(int count)
    {
        var app = await host.ApplicationAsync();
        await host.EndpointAsync(app);
        var letters = new List<string>();
        for (var i = 0; i < count; i++)
            letters.Add(await host.DeadLetterAsync(app));
        return (app, letters);
    }

    private Task<List<DeadLetterState>> StatesAsync(IEnumerable<string> letters)
    {
        var ids = letters.Select(letter => IdText.TryParse<DeliveryId>(letter, out var id) ? id : default).ToList();
        return host.ReadAsync(db => db.DeadLetters.Where(l => ids.Contains(l.DeliveryId)).Select(l => l.State).ToListAsync());
    }
}
