using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.DeadLetters.Bulk;

/// <summary>A person's decision about many dead letters, as a task.</summary>
internal static class DeadLetterBulkApi
{
    public static void MapDeadLetterBulk(this IEndpointRouteBuilder letters)
    {
        letters.MapPost("replay", ReplayAsync).StartsTask()
            .WithName("v1.dead-letter.bulk-replay").WithSummary("Send the messages of all dead letters that fit a filter again");
        letters.MapPost("discard", DiscardAsync).StartsTask()
            .WithName("v1.dead-letter.bulk-discard").WithSummary("Decide that all dead letters that fit a filter are not sent any more");
    }

    private static Task<Results<Accepted<TaskStartedOut>, Problem>> ReplayAsync(
        Body<DeadLetterBulkReplayIn> body, Caller caller, DeadLetterBulkStart start, CancellationToken cancellationToken)
    {
        var asked = body.Value;
        return start.RunAsync(
            BackgroundTaskKind.DeadLetterReplay, caller, asked, parameters => parameters with { RatePerSecond = asked.RatePerSecond },
            new DeadLetterReplayProgress { DryRun = asked.DryRun }, cancellationToken);
    }

    private static Task<Results<Accepted<TaskStartedOut>, Problem>> DiscardAsync(
        Body<DeadLetterBulkDiscardIn> body, Caller caller, DeadLetterBulkStart start, CancellationToken cancellationToken)
    {
        var asked = body.Value;
        return start.RunAsync(
            BackgroundTaskKind.DeadLetterDiscard, caller, asked, parameters => parameters with { Note = asked.Reason },
            new DeadLetterDiscardProgress { DryRun = asked.DryRun }, cancellationToken);
    }
}
