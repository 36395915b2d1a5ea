using Webhooks.Core.BackgroundTasks;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.Tasks;

/// <summary>What the pages say of tasks.</summary>
internal static class TaskTexts
{
    public static readonly IReadOnlyList<(string Word, string Text)> Kinds =
        [.. BackgroundTaskWords.Kinds.Select(pair => (pair.Word, pair.Kind.Text()))];

    public static string Text(this BackgroundTaskKind kind) => kind switch
    {
        BackgroundTaskKind.Recover => "Recover an endpoint",
        BackgroundTaskKind.ReplayMissing => "Send what was never sent",
        BackgroundTaskKind.BulkReplay => "Replay messages",
        BackgroundTaskKind.ApplicationUsage => "Count usage",
        BackgroundTaskKind.DeadLetterReplay => "Replay dead letters",
        BackgroundTaskKind.DeadLetterDiscard => "Discard dead letters",
        _ => kind.ToString(),
    };

    /// <summary>What it does, for whoever finds it in the list.</summary>
    public static string Story(this BackgroundTaskKind kind) => kind switch
    {
        BackgroundTaskKind.Recover => "Sends again each message of its time that failed at the endpoint.",
        BackgroundTaskKind.ReplayMissing => "Sends each message of its time that the endpoint would get today and was never sent.",
        BackgroundTaskKind.BulkReplay => "Sends each message of its time that fits the filter to the endpoint again.",
        BackgroundTaskKind.ApplicationUsage => "Counts the messages of applications, and the endpoints that they went to.",
        BackgroundTaskKind.DeadLetterReplay => "Sends the message of each undecided dead letter that fits once more.",
        BackgroundTaskKind.DeadLetterDiscard => "Decides that each undecided dead letter that fits the filter is not sent any more.",
        _ => "",
    };

    public static Tone Tone(this BackgroundTaskState state) => state switch
    {
        BackgroundTaskState.Running => Parts.Tone.Busy,
        BackgroundTaskState.Finished => Parts.Tone.Good,
        BackgroundTaskState.Failed => Parts.Tone.Bad,
        _ => Parts.Tone.Quiet,
    };
}
