using System.Globalization;
using Webhooks.Core.Data;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Messages;

namespace Webhooks.Server.Dashboard.Messages;

/// <summary>What the address of the list says, as people typed it.</summary>
internal sealed record MessageFilters
{
    public static readonly IReadOnlyList<(string Word, string Text)> Standings =
    [
        ("failing", "Failing"), ("on-its-way", "On its way"), ("delivered", "Delivered"), ("held", "Held"), ("dead", "Dead letter"),
        ("not-sent", "Canceled or filtered out"),
    ];

    public string? Text { get; init; }
    public string? Application { get; init; }
    public string? Endpoint { get; init; }
    public string? EventType { get; init; }
    public string? Standing { get; init; }
    public string? Since { get; init; }
    public string? Until { get; init; }

    /// <summary>Whether any of them is set.</summary>
    public bool IsAny => this != new MessageFilters();

    /// <returns>What is looked for, or why it can't be.</returns>
    public async Task<(MessageSearch? Search, string? Fault)> ResolveAsync(WebhooksDbContext db, CancellationToken cancellationToken)
    {
        var application = Application is null ? null : await db.FindApplicationOfLettersAsync(Application, cancellationToken);
        if (Application is not null && application is null)
            return (null, $"There is no application with the id or uid “{Application}”.");

        var endpoints = Endpoint is null ? [] : await db.FindEndpointsOfLettersAsync(application, Endpoint, cancellationToken);
        if (Endpoint is not null && endpoints.Count != 1)
            return (null, endpoints.Count == 0
                ? $"There is no endpoint with the id or uid “{Endpoint}”{(application is null ? "" : " in this application")}."
                : $"Several applications have an endpoint with the uid “{Endpoint}”: say which application, too.");

        return (new MessageSearch
        {
            ApplicationId = application,
            EndpointId = Endpoint is null ? null : endpoints[0],
            EventType = EventType,
            Standing = StandingOf(Standing),
            Since = Time(Since),
            Until = Time(Until),
            Text = Text,
        }, null);
    }

    /// <returns>Null for none, and for what is no time.</returns>
    public static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static MessageStanding? StandingOf(string? word) => word switch
    {
        "failing" => MessageStanding.Failing,
        "on-its-way" => MessageStanding.OnItsWay,
        "delivered" => MessageStanding.Delivered,
        "held" => MessageStanding.Held,
        "dead" => MessageStanding.Dead,
        "not-sent" => MessageStanding.NotSent,
        _ => null,
    };
}
