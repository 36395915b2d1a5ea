using Microsoft.EntityFrameworkCore;
using MudBlazor;
using Webhooks.Core.BackgroundTasks.Replays;
using Webhooks.Core.DeadLetters;
using Webhooks.Server.Dashboard.Acting;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.DeadLetters;

/// <summary>A person's decisions about dead letters: says what may follow, asks, does it, and tells what became of it.</summary>
internal sealed class LetterActions(DashboardReads reads, OperatorActions actions, IDialogService dialogs, ISnackbar snackbar)
{
    private const string AskFirst = "Ask the subscriber first, unless it deduplicates by webhook-id.";

    /// <returns>What became of it, for those who hear it; null when the answer was no.</returns>
    public async Task<string?> DecideAsync(LetterDecision decision, IReadOnlyList<DeadLetterOut> letters)
    {
        var subject = letters.Count == 1 ? "It is" : "They are";
        var warning = decision.SendsAgain ? await WarnAsync(letters) : "";
        var words = await dialogs.AskAsync(
            $"{decision.Verb} {LetterTexts.Letters(letters.Count)}", $"{subject} {decision.What}{warning}", decision.Verb, decision.AsksFor,
            isDestructive: !decision.SendsAgain);
        return words is null ? null : await RunAsync(decision, letters, words);
    }

    private async Task<string> RunAsync(LetterDecision decision, IReadOnlyList<DeadLetterOut> letters, string words)
    {
        var refusals = new List<string>();
        foreach (var letter in letters)
        {
            var body = decision.AsksFor is null ? null : new { reason = words };
            var reply = await actions.RunAsync($"v1.dead-letter.{decision.Operation}", new { dlv_id = letter.Id }, body);
            if (!reply.IsDone)
                refusals.Add(reply.Problem);
        }

        var (done, text) = (letters.Count - refusals.Count, "");
        if (done > 0)
            snackbar.Add(text = $"{LetterTexts.Letters(done)} {decision.Done}.", Severity.Success);
        foreach (var same in refusals.GroupBy(refusal => refusal))
        {
            var refusal = refusals.Count == letters.Count && same.Count() == 1 ? same.Key : $"{same.Count()} refused: {same.Key}";
            snackbar.Add(refusal, Severity.Error);
            text += $" {refusal}";
        }

        return text.Trim();
    }

    private Task<string> WarnAsync(IReadOnlyList<DeadLetterOut> letters) => reads.ReadAsync(
        async (db, cancel) =>
        {
            var mayBeThere = 0;
            foreach (var same in letters.GroupBy(l => l.EndpointId))
                mayBeThere += await db.CountMayBeThereAsync(same.Key, [.. same.Select(l => l.MsgId).Distinct()], cancel);
            var messages = letters.Select(l => l.MsgId).Distinct().ToList();
            var gone = messages.Count - await db.MessagePayloads.CountAsync(p => messages.Contains(p.MessageId), cancel);
            return Duplicates(mayBeThere, letters.Count) + Gone(gone, letters.Count);
        },
        CancellationToken.None);

    private static string Duplicates(int mayBeThere, int all) => (mayBeThere, all) switch
    {
        (0, _) => " The subscriber has none of it yet, as far as this service can know.",
        (_, 1) => $" It may have arrived already: replaying it may be a duplicate. {AskFirst}",
        _ => $" {mayBeThere} of them may have arrived already: replaying those may make duplicates. {AskFirst}",
    };

    private static string Gone(int gone, int all) => (gone, all) switch
    {
        (0, _) => "",
        (_, 1) => " Its payload is gone, so there is nothing left to send.",
        _ => $" Of {gone} the payload is gone, so there is nothing left to send.",
    };
}
