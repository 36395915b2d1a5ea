using Microsoft.EntityFrameworkCore;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Polling;

public sealed class PollConsumersTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Poll_NotConfirmed_ComesAgain()
    {
        var (path, messages) = await LaneAsync(4);

        var page = (await host.Api.GetAsync($"{path}?limit=2")).Expect(200);
        var again = (await host.Api.GetAsync($"{path}?limit=2")).Expect(200);

        page.List("id").ShouldBe(messages.Take(2));
        again.List("id").ShouldBe(messages.Take(2));
        (await ConsumersAsync(path)).ShouldBeEmpty("reading writes nothing");
    }

    [Fact]
    public async Task Poll_WithAPagesIterator_ConfirmsItAndGoesOn()
    {
        var (path, messages) = await LaneAsync(6);
        var first = (await host.Api.GetAsync($"{path}?limit=2")).Expect(200);

        var second = (await host.Api.GetAsync($"{path}?limit=2&iterator={first["iterator"]}")).Expect(200);
        var restarted = (await host.Api.GetAsync($"{path}?limit=2")).Expect(200);

        second.List("id").ShouldBe(messages[2..4]);
        restarted.List("id").ShouldBe(messages[2..4]);
        (await ConsumersAsync(path)).ShouldBe([2]);
    }

    [Fact]
    public async Task Poll_WithAnEarlierIterator_ReadsThereButConfirmsNothingBack()
    {
        var (path, messages) = await LaneAsync(6);
        var first = (await host.Api.GetAsync($"{path}?limit=2")).Expect(200);
        var second = (await host.Api.GetAsync($"{path}?limit=2&iterator={first["iterator"]}")).Expect(200);
        (await host.Api.GetAsync($"{path}?limit=2&iterator={second["iterator"]}")).Expect(200).List("id").ShouldBe(messages[4..]);

        var earlier = (await host.Api.GetAsync($"{path}?limit=2&iterator={first["iterator"]}")).Expect(200);

        earlier.List("id").ShouldBe(messages[2..4]);
        (await host.Api.GetAsync($"{path}?limit=2")).Expect(200).List("id").ShouldBe(messages[4..]);
    }

    [Fact]
    public async Task Poll_AnotherConsumer_HasAPlaceOfItsOwn()
    {
        var (path, messages) = await LaneAsync(2);
        var page = (await host.Api.GetAsync(path)).Expect(200);
        (await host.Api.GetAsync($"{path}?iterator={page["iterator"]}")).Expect(200).List("id").ShouldBeEmpty();

        (await host.Api.GetAsync($"{path}-2")).Expect(200).List("id").ShouldBe(messages);
    }

    [Fact]
    public async Task Seek_BackwardsAndForwards_PutsItThere()
    {
        var (path, messages) = await LaneAsync(3);
        var between = host.Clock.GetUtcNow();
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        messages.AddRange(await PublishAsync(path, 3));

        var forwards = (await SeekAsync(path, between)).Expect(200);
        (await host.Api.GetAsync(path)).Expect(200).List("id").ShouldBe(messages[3..]);
        (await host.Api.GetAsync($"{path}?iterator={forwards["iterator"]}")).Expect(200).List("id").ShouldBe(messages[3..]);
        (await SeekAsync(path, between.AddYears(1))).Expect(200);
        (await host.Api.GetAsync(path)).Expect(200).List("id").ShouldBeEmpty();
        (await SeekAsync(path, DateTimeOffset.UnixEpoch)).Expect(200);
        (await host.Api.GetAsync(path)).Expect(200).List("id").ShouldBe(messages);
    }

    [Fact]
    public async Task Seek_LongLane_FindsThePlace()
    {
        var (path, messages) = await LaneAsync(0);
        var times = new List<DateTimeOffset>();
        for (var i = 0; i < 40; i++)
        {
            times.Add(host.Clock.GetUtcNow());
            messages.AddRange(await PublishAsync(path, 1));
            host.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        foreach (var i in new[] { 0, 1, 19, 20, 38, 39 })
        {
            (await SeekAsync(path, times[i])).Expect(200);
            (await host.Api.GetAsync(path)).Expect(200).List("id").ShouldBe(messages[(i + 1)..]);
        }
    }

    [Fact]
    public async Task Seek_TooManyConsumers_IsRefused()
    {
        var (path, _) = await LaneAsync(1);
        var iterator = (await host.Api.GetAsync(path)).Expect(200)["iterator"];
        for (var i = 0; i < 100; i++)
            (await SeekAsync($"{path}-{i}", DateTimeOffset.UnixEpoch)).Expect(200);

        (await SeekAsync($"{path}-one-more", DateTimeOffset.UnixEpoch)).Expect(400)["code"].ShouldBe("limit_reached");
        (await host.Api.GetAsync($"{path}-one-more?iterator={iterator}")).Expect(400)["code"].ShouldBe("limit_reached");
        (await SeekAsync($"{path}-7", DateTimeOffset.UnixEpoch)).Expect(200);
    }

    [Fact]
    public async Task Poll_ConfirmedTwiceAtOnce_IsOnePlace()
    {
        var (path, _) = await LaneAsync(2);
        var iterator = (await host.Api.GetAsync(path)).Expect(200)["iterator"];

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.Api.GetAsync($"{path}?iterator={iterator}")));

        answers.ShouldAllBe(answer => answer.Status == 200);
        (await ConsumersAsync(path)).ShouldBe([2]);
    }

    [Theory]
    [InlineData("{}", "body.after")]
    [InlineData("""{"after":null}""", "body.after")]
    [InlineData("""{"after":"now"}""", "body.after")]
    public async Task Seek_Faulty_IsRefused(string body, string place)
    {
        var (path, _) = await LaneAsync(0);

        (await host.Api.PostAsync($"{path}/seek", body)).Expect(422).Faults.ShouldHaveSingleItem().ShouldStartWith(place + ":");
    }

    [Fact]
    public async Task PollAndSeek_BadName_AreRefusedAtIt()
    {
        var (path, _) = await LaneAsync(0);

        (await host.Api.GetAsync($"{path}%20")).Expect(422).Faults.ShouldHaveSingleItem().ShouldStartWith("path.consumer_id:");
        (await SeekAsync($"{path}{new string('x', 256)}", DateTimeOffset.UnixEpoch)).Expect(422).Faults.ShouldHaveSingleItem()
            .ShouldStartWith("path.consumer_id:");
    }

    private async Task<(string Path, List<string> Messages)> LaneAsync(int count)
    {
        var app = await host.ApplicationAsync();
        var path = $"/app/{app}/poller/{await host.EndpointAsync(app)}/consumer/warehouse";
        return (path, await PublishAsync(path, count));
    }

    private async Task<List<string>> PublishAsync(string path, int count)
    {
        var messages = new List<string>();
        for (var i = 0; i < count; i++)
            messages.Add(await host.MessageAsync(path.Split('/')[2]));
        return messages;
    }

    private Task<ApiAnswer> SeekAsync(string path, DateTimeOffset after) =>
        host.Api.PostAsync($"{path}/seek", $$"""{"after":"{{after:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}}"}""");

    private async Task<List<long>> ConsumersAsync(string path)
    {
        Core.Data.Ids.IdText.TryParse<Core.Endpoints.EndpointId>(path.Split('/')[4], out var endpoint).ShouldBeTrue();
        return await host.ReadAsync(db => db.PollConsumers.Where(c => c.EndpointId == endpoint).Select(c => c.Sequence).ToListAsync());
    }
}
