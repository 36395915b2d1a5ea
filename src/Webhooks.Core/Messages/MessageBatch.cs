using System.Diagnostics;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.Outbox;

namespace Webhooks.Core.Messages;

/// <summary>Events that came together: which of them go to the outbox, and what each is answered in its place.</summary>
internal sealed class MessageBatch(IReadOnlyList<BodyItem<MessageIn>> items)
{
    private readonly MessageBatchItemOut?[] _answers =
        [.. items.Select(item => item.Value is null ? MessageBatchItemOut.Of(ApiProblems.Invalid(item.Faults)) : null)];

    private readonly PayloadVerdict[] _verdicts = new PayloadVerdict[items.Count];

    /// <summary>The events that are not refused yet.</summary>
    public IReadOnlyList<MessageIn> Messages => [.. Open.Select(place => items[place].Value!)];

    private List<int> Open => [.. Enumerable.Range(0, items.Count).Where(place => _answers[place] is null)];

    /// <param name="verdicts">About <see cref="Messages"/>.</param>
    public void Judge(PayloadVerdicts verdicts)
    {
        foreach (var (index, place) in Open.Index())
        {
            _verdicts[place] = verdicts.Items[index];
            if (verdicts.Refuses(index))
                _answers[place] = Refused(place);
        }
    }

    /// <param name="claim">Of the whole batch: it is remembered as one.</param>
    public IReadOnlyList<PublishRequest> RequestsTo(string app, IdempotencyClaim? claim) =>
        [.. Open.Select(place =>
            MessagesApi.RequestOf(app, items[place].Value!, claim) with { Batch = new BatchPlace(place, items.Count) })];

    /// <param name="results">Of the requests.</param>
    public MessageBatchOut Answer(IReadOnlyList<PublishResult> results, bool withContent)
    {
        foreach (var (index, place) in Open.Index())
            _answers[place] = AnswerAt(place, results[index], withContent);
        return new MessageBatchOut(_answers!);
    }

    private MessageBatchItemOut AnswerAt(int place, PublishResult result, bool withContent) => result.Status switch
    {
        PublishStatus.Accepted => MessageBatchItemOut.Of(MessageOut.Of(result, items[place].Value!, _verdicts[place], withContent)),
        PublishStatus.EventIdTaken => MessageBatchItemOut.Of(MessagesApi.EventIdTaken()),
        PublishStatus.RefusedBefore when _verdicts[place].IsRefused => Refused(place),
        PublishStatus.RefusedBefore => MessageBatchItemOut.Of(ApiProblems.Conflict(
            "This event was refused when its batch came first under this Idempotency-Key. Publish it again with a new key.")),
        _ => throw new UnreachableException(),
    };

    private MessageBatchItemOut Refused(int place) =>
        MessageBatchItemOut.Of(ApiProblems.Invalid(_verdicts[place].FaultsAt(items[place].Place)));
}
