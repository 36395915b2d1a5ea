using Microsoft.AspNetCore.Http;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Messages;

/// <summary>What became of a batch.</summary>
/// <param name="Data">
/// An answer for each of its events, in their order. A batch that is repeated with its Idempotency-Key gets the same answers, refusals too,
/// once any of its events was accepted: publish a refused one again with a new key.
/// </param>
internal sealed record MessageBatchOut(IReadOnlyList<MessageBatchItemOut> Data);

/// <summary>What became of one event of a batch.</summary>
/// <param name="Status" example="202">As if it had come alone: 202 accepted, 409 its eventId is taken, 422 it is faulty.</param>
/// <param name="Message">The accepted event; null when it was refused.</param>
/// <param name="Error" example="null">
/// Why it was refused: <c>code</c> and <c>detail</c>, or with 422 <c>detail</c>, a list of faults with their places in the body; null when
/// it was accepted.
/// </param>
internal sealed record MessageBatchItemOut(int Status, MessageOut? Message, object? Error)
{
    public static MessageBatchItemOut Of(MessageOut message) => new(StatusCodes.Status202Accepted, message, null);

    public static MessageBatchItemOut Of(Problem refusal) => new(refusal.StatusCode, null, refusal.Value);
}
