using Webhooks.Server.Demo.Cast;

namespace Webhooks.Server.Demo.People;

/// <summary>Who decides about dead letters, twice a day. The newest are left for the next time.</summary>
internal sealed class SupportDesk(DemoStage stage)
{
    private const int LeftForLater = 5;
    private const int AtOnce = 20;

    private static readonly string[] Reasons =
    [
        "The customer has booked this invoice by hand.", "Looked up at the subscriber: it is there.",
        "Superseded by a later update of the same record.", "Testbestellung – nicht nötig.",
    ];

    public IEnumerable<Act> Acts => Enumerable.Range(1, 6).SelectMany(day => new[] { At(day, 9), At(day, 15) });

    private Act At(int day, int hour) => new(
        stage.Midnight.AddDays(day).AddHours(hour), DecideAsync);

    private async Task DecideAsync()
    {
        await DecideAsync(Roles.Picky, discardEvery: 3);
        await DecideAsync(Roles.Silent, discardEvery: 2);
        await DecideAsync(Roles.Ordered, discardEvery: 4);
    }

    private async Task DecideAsync(string endpoint, int discardEvery)
    {
        var letters = await stage.Api.ListAsync($"/dead-letter?state=undecided&limit={AtOnce}&endpoint_id={stage.Endpoints[endpoint].Id}");
        foreach (var (index, letter) in letters.Skip(LeftForLater).Index())
        {
            stage.Clock.MoveBy(TimeSpan.FromSeconds(3));
            var path = $"/dead-letter/{letter.GetProperty("id").GetString()}";
            if (index % discardEvery == discardEvery - 1)
                await stage.Api.PostAsync($"{path}/discard", new { reason = Reasons[stage.Chance.Next(Reasons.Length)] });
            else
                await stage.Api.PostAsync($"{path}/replay");
        }
    }
}
