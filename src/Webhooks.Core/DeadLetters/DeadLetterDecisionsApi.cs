using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Http;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.Telemetry;

namespace Webhooks.Core.DeadLetters;

/// <summary>A person's decision about a dead letter.</summary>
internal static class DeadLetterDecisionsApi
{
    public static void MapDeadLetterDecisions(this IEndpointRouteBuilder letters)
    {
        letters.MapPost("{dlv_id}/replay", ReplayAsync).Writes()
            .WithName("v1.dead-letter.replay").WithSummary("Send a dead letter's message to its endpoint again");
        letters.MapPost("{dlv_id}/discard", DiscardAsync).Writes()
            .WithName("v1.dead-letter.discard").WithSummary("Decide that a dead letter is not sent any more");
        letters.MapPost("{dlv_id}/arrived", ArriveAsync).AddEndpointFilter(CountArrivedAsync).Writes()
            .WithName("v1.dead-letter.arrived").WithSummary("Say that a dead letter with an unknown outcome has arrived");
    }

    private static async Task<Results<Accepted<DeadLetterOut>, Problem>> ReplayAsync(
        [DeadLetterId] string letter, Caller caller, DeadLetterDesk desk, WebhooksDbContext db, CancellationToken cancellationToken)
    {
        if (!IdText.TryParse<DeliveryId>(letter, out var id))
            return ApiProblems.NotFound();
        if (await desk.ReplayAsync(id, caller.Who, cancellationToken) is { } refusal)
            return refusal;

        return TypedResults.Accepted((string?)null, await ShowAsync(db, id, cancellationToken));
    }

    private static async Task<Results<Ok<DeadLetterOut>, Problem>> DiscardAsync(
        [DeadLetterId] string letter, Body<DeadLetterDiscardIn> body, Caller caller, DeadLetterDesk desk, WebhooksDbContext db,
        CancellationToken cancellationToken)
    {
        if (!IdText.TryParse<DeliveryId>(letter, out var id))
            return ApiProblems.NotFound();
        if (await desk.DiscardAsync(id, caller.Who, body.Value.Reason, cancellationToken) is { } refusal)
            return refusal;

        return TypedResults.Ok(await ShowAsync(db, id, cancellationToken));
    }

    private static async Task<Results<Ok<DeadLetterOut>, Problem>> ArriveAsync(
        [DeadLetterId] string letter, Body<DeadLetterArrivedIn> body, Caller caller, DeadLetterDesk desk, WebhooksDbContext db,
        CancellationToken cancellationToken)
    {
        if (!IdText.TryParse<DeliveryId>(letter, out var id))
            return ApiProblems.NotFound();
        if (await desk.ArriveAsync(id, caller.KeyId.ToString(), body.Value.Note, cancellationToken) is { } refusal)
            return refusal;

        return TypedResults.Ok(await ShowAsync(db, id, cancellationToken));
    }

    // Around the transaction: a count never runs ahead of the truth, and an answer that is only repeated counts nothing.
    private static async ValueTask<object?> CountArrivedAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        var services = context.HttpContext.RequestServices;
        if (services.GetRequiredService<DeadLetterDesk>().HasArrived)
            services.GetRequiredService<WebhooksMeter>().Arrived();
        return answer;
    }

    private static Task<DeadLetterOut> ShowAsync(WebhooksDbContext db, DeliveryId id, CancellationToken cancellationToken) =>
        db.DeadLetters.Where(l => l.DeliveryId == id).Select(DeadLetterOut.Projection).SingleAsync(cancellationToken);
}
