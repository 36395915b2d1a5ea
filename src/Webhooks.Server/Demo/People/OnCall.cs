using Webhooks.Server.Demo.Cast;
using Webhooks.Server.Demo.Weather;

namespace Webhooks.Server.Demo.People;

/// <summary>Who sees to incidents.</summary>
internal sealed class OnCall(DemoStage stage)
{
    private const string Ada = "Ada Brandt";
    private const string Ben = "Ben Okafor";
    private const string Chiyo = "Chiyo Tanaka";
    private const string Dana = "Dana Ruiz";
    private const string Emil = "Emil Roth";
    private const string Farah = "Farah Aziz";

    public IEnumerable<Act> Acts =>
    [
        .. Outage, .. LostHost, .. LostEndpoint, .. Certificate, .. Refusals, .. UnknownOutcomes,
        Before(TimeSpan.FromHours(10), "channel", null, new Assign(Ada)),
        Before(TimeSpan.FromHours(9), "channel", null,
            new Comment(Ada, "The workspace was closed with the old team. Who has the new address?")),
    ];

    private IEnumerable<Act> Outage =>
    [
        After(Climates.FirstOutage + Minutes(26), "failing", Roles.Maintained, new Acknowledge(Ada)),
        After(Climates.FirstOutage + Minutes(31), "failing", Roles.Maintained,
            new Comment(Ada, "Tannenhof updates its ERP; they say it takes until the morning. Nothing is lost, it is all retried.")),
    ];

    private IEnumerable<Act> LostHost =>
    [
        After(Climates.HostGone + Minutes(190), "failing", Roles.Dead, new Acknowledge(Ben)),
        After(Climates.HostGone + Minutes(195), "failing", Roles.Dead,
            new Comment(Ben, "Fjellheim moved to a new booking system and forgot the address. Wrote to Solveig there.")),
        After(new TimeSpan(5, 9, 0, 0), "notSent", Roles.Dead, new Assign(Ben)),
        After(new TimeSpan(5, 9, 5, 0), "notSent", Roles.Dead, new Acknowledge(Ben)),
        After(new TimeSpan(5, 15, 0, 0), "notSent", Roles.Dead,
            new Comment(Ben, "They enter last week's bookings by hand; the rest must wait.")),
    ];

    private IEnumerable<Act> LostEndpoint =>
    [
        After(Climates.GoneFrom + Minutes(140), "disabled", Roles.Gone, new Acknowledge(Chiyo)),
        After(Climates.GoneFrom + Minutes(141), "disabled", Roles.Gone, new Assign(Chiyo)),
        After(Climates.GoneFrom + Minutes(150), "disabled", Roles.Gone, new Comment(Chiyo, "在庫システムは停止済み。削除してよいか瑞木さんに確認中。")),
    ];

    private IEnumerable<Act> Certificate =>
    [
        Before(TimeSpan.FromHours(30), "failing", Roles.BrokenTls,
            new Comment(Dana, "Ihr Zertifikat ist abgelaufen. Der Betreuer der Kasse kommt erst morgen.")),
        Before(TimeSpan.FromHours(12), "failing", Roles.BrokenTls, new Snooze(Dana, stage.Until.AddHours(16))),
    ];

    private IEnumerable<Act> Refusals =>
    [
        After(new TimeSpan(2, 9, 15, 0), "rejected", Roles.Picky, new Acknowledge(Ada)),
        After(new TimeSpan(2, 9, 19, 0), "rejected", Roles.Picky, new Assign(Emil)),
        After(new TimeSpan(3, 13, 0, 0), "rejected", Roles.Picky,
            new Resolve(Emil, "Their import takes invoices without a VAT id now; I send the refused ones again.")),
        After(new TimeSpan(6, 10, 0, 0), "rejected", Roles.Picky,
            new Comment(Emil, "Still some: business customers in Norway. Asked again.")),
        After(new TimeSpan(4, 10, 0, 0), "held", Roles.Ordered, new Assign(Chiyo)),
    ];

    private IEnumerable<Act> UnknownOutcomes =>
    [
        After(new TimeSpan(3, 15, 0, 0), "held", Roles.Silent, new Acknowledge(Farah)),
        After(new TimeSpan(3, 15, 6, 0), "held", Roles.Silent,
            new Comment(Farah, "A reminder that a patient gets twice is worse than one that comes late: each is looked up first.")),
        After(new TimeSpan(3, 12, 40, 0), "unknown", Roles.AtMostOnce, new Acknowledge(Ben)),
        After(new TimeSpan(6, 11, 0, 0), "unknown", Roles.AtMostOnce,
            new Resolve(Ben, "Osprey rolled out 4.2, which answers in time. What was open is reconciled with the bank.")),
    ];

    private Act After(TimeSpan into, string kind, string? endpoint, Doing doing) =>
        new(stage.Midnight + into, () => DoAsync(kind, endpoint, doing));

    private Act Before(TimeSpan left, string kind, string? endpoint, Doing doing) =>
        new(stage.Until - left, () => DoAsync(kind, endpoint, doing));

    /// <summary>Where chance had it that there is no such incident, there is nothing to do.</summary>
    private async Task DoAsync(string kind, string? endpoint, Doing doing)
    {
        var where = endpoint is null ? "" : $"&endpoint_id={stage.Endpoints[endpoint].Id}";
        if (await stage.Api.ListAsync($"/incident?state=unresolved&kind={kind}{where}") is [var incident, ..])
            await stage.Api.PostAsync($"/incident/{incident.GetProperty("id").GetString()}/{doing.Operation}", doing.Body);
    }

    private static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(minutes);

    private abstract record Doing(string Operation, object Body);

    private sealed record Acknowledge(string By) : Doing("acknowledge", new { by = By });

    private sealed record Assign(string Who) : Doing("assign", new { by = Who, assignee = Who });

    private sealed record Comment(string By, string Text) : Doing("comment", new { by = By, text = Text });

    private sealed record Snooze(string By, DateTimeOffset Until) : Doing("snooze", new { by = By, until = Until });

    private sealed record Resolve(string By, string Why) : Doing("resolve", new { by = By, comment = Why });
}
