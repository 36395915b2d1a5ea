using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;

namespace Webhooks.Core.DeadLetters;

/// <summary>Dead letters by what a path, a list or a task says.</summary>
internal static class DeadLetterQueries
{
    /// <summary>
    /// Those about which a person has still to decide. Written as the index of just these is, so that it serves on every engine.
    /// </summary>
    public static IQueryable<DeadLetter> Undecided(this IQueryable<DeadLetter> letters) =>
        letters.Where(l => l.State == DeadLetterState.Open || l.State == DeadLetterState.Acknowledged);

    /// <summary>Those of the deliveries of some messages to an endpoint.</summary>
    public static IQueryable<DeadLetter> Of(this IQueryable<DeadLetter> letters, IReadOnlyList<MessageId> messages, EndpointId endpoint) =>
        letters.Where(l => messages.Contains(l.MessageId) && l.EndpointId == endpoint);

    /// <summary>Where an index leads to: whose they are, or which incident's.</summary>
    public static IQueryable<DeadLetter> InScope(this IQueryable<DeadLetter> letters, DeadLetterFilter filter)
    {
        if (filter.ApplicationId is { } application)
            letters = letters.Where(l => l.ApplicationId == application);
        if (filter.EndpointId is { } endpoint)
            letters = letters.Where(l => l.EndpointId == endpoint);
        if (filter.IncidentId is { } incident)
            letters = letters.Where(l => l.IncidentId == incident);
        return filter.Status is { } status ? letters.Where(status) : letters;
    }

    /// <summary>The rest of the filter. Serves rows in memory as well as those of a query.</summary>
    public static IQueryable<DeadLetter> Fitting(this IQueryable<DeadLetter> letters, DeadLetterFilter filter)
    {
        if (filter.EventTypes is { } types)
            letters = letters.Where(l => types.Contains(l.EventType));
        if (filter.Causes is { } causes)
        {
            var dead = causes.Select(DeadLetterWords.DeadReasonOf).OfType<DeadLetterReason>().ToList();
            var held = causes.Select(DeadLetterWords.HoldReasonOf).OfType<HoldReason>().ToList();
            letters = letters.Where(l =>
                (l.DeadReason != null && dead.Contains(l.DeadReason.Value)) || (l.HoldReason != null && held.Contains(l.HoldReason.Value)));
        }

        if (filter.Before is { } before)
            letters = letters.Where(l => l.CreatedAt < before);
        return filter.After is { } after ? letters.Where(l => l.CreatedAt > after) : letters;
    }

    /// <param name="idOrUid">Of any application, also one that was deleted: its dead letters stay.</param>
    public static async Task<ApplicationId?> FindApplicationOfLettersAsync(
        this WebhooksDbContext db, string idOrUid, CancellationToken cancellationToken) =>
        IdText.TryParse<ApplicationId>(idOrUid, out var id)
            ? await db.Applications.Where(a => a.Id == id).Select(a => (ApplicationId?)a.Id).FirstOrDefaultAsync(cancellationToken)
            : await db.Applications.Live().Where(a => a.Uid == idOrUid)
                .Select(a => (ApplicationId?)a.Id).FirstOrDefaultAsync(cancellationToken);

    /// <param name="application">Whose endpoint it is; null where that is not said, and then its uid alone must tell.</param>
    /// <returns>The endpoints that are meant, two at most: one is right.</returns>
    public static Task<List<EndpointId>> FindEndpointsOfLettersAsync(
        this WebhooksDbContext db, ApplicationId? application, string idOrUid, CancellationToken cancellationToken) =>
        db.Endpoints.Where(e => application == null || e.ApplicationId == application).ByIdOrUid(idOrUid)
            .OrderBy(e => e.Id).Take(2).Select(e => e.Id).ToListAsync(cancellationToken);

    private static IQueryable<DeadLetter> Where(this IQueryable<DeadLetter> letters, DeadLetterStatus status) => status switch
    {
        DeadLetterStatus.Undecided => letters.Undecided(),
        DeadLetterStatus.Open => letters.Undecided().In(DeadLetterState.Open),
        DeadLetterStatus.Acknowledged => letters.Undecided().In(DeadLetterState.Acknowledged),
        DeadLetterStatus.Replayed => letters.Where(l => l.State == DeadLetterState.Replayed),
        DeadLetterStatus.Discarded => letters.Where(l => l.State == DeadLetterState.Discarded),
        DeadLetterStatus.Arrived => letters.Where(l => l.State == DeadLetterState.Arrived),
        _ => throw new UnreachableException(),
    };

    // A parameter, where a constant would be merged with the words that lead to the index of the undecided.
    private static IQueryable<DeadLetter> In(this IQueryable<DeadLetter> undecided, DeadLetterState state) =>
        undecided.Where(l => l.State == state);
}
