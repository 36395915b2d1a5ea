using System.Globalization;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.BackgroundTasks.Replays;
using Webhooks.Core.BackgroundTasks.Usage;
using Webhooks.Core.DeadLetters.Bulk;
using Webhooks.Server.Dashboard.DeadLetters;
using Webhooks.Server.Dashboard.Shell;

namespace Webhooks.Server.Dashboard.Tasks;

/// <summary>What a task was asked to do and what it did, read from its row for people.</summary>
internal static class TaskReading
{
    /// <summary>What it was asked for, each with its name.</summary>
    public static IReadOnlyList<TaskFact> AskedFor(BackgroundTaskKind kind, string parameters) => kind switch
    {
        BackgroundTaskKind.DeadLetterReplay or BackgroundTaskKind.DeadLetterDiscard =>
            Of(TaskJson.Read<DeadLetterTaskParameters>(parameters)),
        BackgroundTaskKind.ApplicationUsage => Of(TaskJson.Read<UsageParameters>(parameters)),
        _ => Of(TaskJson.Read<ReplayParameters>(parameters)),
    };

    /// <summary>What it did until now, each with its name.</summary>
    public static IReadOnlyList<TaskFact> Did(BackgroundTaskKind kind, string progress) => kind switch
    {
        BackgroundTaskKind.DeadLetterReplay => Of(TaskJson.Read<DeadLetterReplayProgress>(progress)),
        BackgroundTaskKind.DeadLetterDiscard => Of(TaskJson.Read<DeadLetterDiscardProgress>(progress)),
        BackgroundTaskKind.ApplicationUsage => Of(TaskJson.Read<UsageProgress>(progress)),
        _ => Of(TaskJson.Read<ReplayProgress>(progress)),
    };

    /// <summary>Whether it only counts.</summary>
    public static bool IsDryRun(BackgroundTaskKind kind, string parameters) =>
        kind != BackgroundTaskKind.ApplicationUsage && TaskJson.Read<DryRun>(parameters).IsAsked;

    private static List<TaskFact> Of(DeadLetterTaskParameters asked)
    {
        var filter = asked.Filter;
        return Kept(
            TaskFact.Of(filter.ApplicationId),
            TaskFact.Of(filter.EndpointId),
            new("Incident", filter.IncidentId?.ToString()) { Link = $"/incidents/{filter.IncidentId}" },
            new("Event types", Join(filter.EventTypes)),
            new("Causes", filter.Causes is { } causes ? string.Join(", ", causes.Select(cause => cause.Text())) : null),
            new("Came after", Text(filter.After)),
            new("Came before", Text(filter.Before)),
            new("Pace", asked.RatePerSecond is { } rate ? $"{Spans.Count(rate)} a second" : null),
            new("Reason", asked.Note),
            TaskFact.By(asked.By));
    }

    private static List<TaskFact> Of(ReplayParameters asked) => Kept(
        new("Accepted from", Text(asked.Since)),
        new("Accepted until", Text(asked.Until)),
        new("Event types", Join(asked.EventTypes)),
        new("Channel", asked.Channel),
        new("Status", asked.Status?.ToString()),
        new("Last answer", asked.StatusCodeClass is { } answered ? answered == 0 ? "none" : $"{answered} to {answered + 99}" : null),
        TaskFact.By(asked.By));

    private static List<TaskFact> Of(UsageParameters asked) => Kept(
        new("Accepted from", Text(asked.Since)),
        new("Accepted until", Text(asked.Until)),
        new("Applications", asked.Applications is { } named ? Spans.Count(named.Count) : "all"));

    private static List<TaskFact> Of(DeadLetterReplayProgress did) =>
    [
        new("Dead letters that fit", Spans.Count(did.Matched)),
        .. Sent(did.DryRun, did.ToSend, did.Sent, did.MayBeDuplicates),
        .. Skipped("payload gone", did.Skipped.PayloadGone),
        .. Skipped("endpoint disabled", did.Skipped.EndpointDisabled),
        .. Skipped("endpoint paused", did.Skipped.EndpointPaused),
        .. Skipped("endpoint deleted", did.Skipped.EndpointDeleted),
    ];

    private static List<TaskFact> Of(ReplayProgress did) =>
    [
        new("Messages that fit", Spans.Count(did.Matched)),
        .. Sent(did.DryRun, did.ToSend, did.Sent, did.MayBeDuplicates),
        .. Skipped("payload gone", did.Skipped.PayloadGone),
    ];

    private static List<TaskFact> Of(DeadLetterDiscardProgress did) => Kept(
        new("Dead letters that fit", Spans.Count(did.Matched)),
        new("Discarded", did.DryRun ? null : Spans.Count(did.Discarded)));

    private static List<TaskFact> Of(UsageProgress did) =>
    [
        new("Applications", Spans.Count(did.AppStats.Count)),
        new("Messages", Spans.Count(did.AppStats.Sum(app => app.Messages))),
        new("Messages times endpoints", Spans.Count(did.AppStats.Sum(app => app.MessageDestinations))),
    ];

    private static IEnumerable<TaskFact> Sent(bool isDryRun, int toSend, int sent, int mayBeDuplicates)
    {
        yield return isDryRun ? new("Messages to send", Spans.Count(toSend)) : new("Messages sent", Spans.Count(sent));
        yield return new("Of these may be duplicates", Spans.Count(mayBeDuplicates));
    }

    private static IEnumerable<TaskFact> Skipped(string why, int count) =>
        count == 0 ? [] : [new($"Left as they are, {why}", Spans.Count(count))];

    private static List<TaskFact> Kept(params TaskFact[] facts) => [.. facts.Where(fact => fact.Text is not null)];

    private static string? Join(IReadOnlyList<string>? words) => words is null ? null : string.Join(", ", words);

    private static string? Text(DateTimeOffset? time) => time?.ToString("u", CultureInfo.InvariantCulture);

    private sealed record DryRun([property: System.Text.Json.Serialization.JsonPropertyName("dryRun")] bool IsAsked);
}
