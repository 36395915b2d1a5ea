using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Messages;

namespace Webhooks.Core.BackgroundTasks.Usage;

/// <summary>
/// One step of counting what applications used. It looks at a bounded number of messages, so a step costs the same whether there are
/// many small applications or one that has them all.
/// </summary>
internal sealed class UsageStep(WebhooksDbContext db)
{
    public const int MaxMessages = 5_000;
    public const int MaxApplications = 100;

    /// <summary>An application without messages costs something, too.</summary>
    private const int LeastCost = MaxMessages / MaxApplications;

    public async Task<TaskStep> RunAsync(BackgroundTask task, CancellationToken cancellationToken)
    {
        var asked = TaskJson.Read<UsageParameters>(task.Parameters);
        var stats = TaskJson.Read<UsageProgress>(task.Progress).AppStats.ToList();
        var place = UsagePlace.Parse(task.Cursor);
        var upcoming = new Queue<ApplicationUsage>(await UpcomingAsync(asked, place.Application, cancellationToken));
        for (var left = MaxMessages; left > 0;)
        {
            if (place.From is null)
            {
                if (!upcoming.TryDequeue(out var next))
                    return TaskStep.To(null, task, new UsageProgress(stats));
                stats.Add(next);
                place = new(next.AppId, IdTime.FirstOf<MessageId>(asked.Since));
            }

            var chunk = await CountAsync(place, asked.Until, left, cancellationToken);
            stats[^1] = stats[^1].Plus(chunk.Messages, chunk.Destinations);
            place = place with { From = chunk.Messages < left ? null : chunk.Next };
            left -= Math.Max(chunk.Messages, LeastCost);
        }

        return TaskStep.To(place.ToString(), task, new UsageProgress(stats));
    }

    /// <summary>The applications behind the last one, as many as a step can count; none when all are counted.</summary>
    private async Task<List<ApplicationUsage>> UpcomingAsync(UsageParameters asked, ApplicationId last, CancellationToken cancellationToken)
    {
        if (asked.Applications is not { } named)
            return await db.Applications.Live().Where(a => a.Id > last).OrderBy(a => a.Id).Take(MaxApplications)
                .Select(a => new ApplicationUsage(a.Id, a.Uid, 0, 0)).ToListAsync(cancellationToken);

        var next = named.Where(id => id > last).Take(MaxApplications).ToList();
        var uids = await db.Applications.Where(a => next.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Uid, cancellationToken);
        return next.ConvertAll(id => new ApplicationUsage(id, uids.GetValueOrDefault(id), 0, 0));
    }

    private async Task<Chunk> CountAsync(UsagePlace place, DateTimeOffset until, int most, CancellationToken cancellationToken)
    {
        var (application, from, to) = (place.Application, place.From, IdTime.LastOf<MessageId>(until));
        var messages = await db.Messages.Of(application)
            .Where(m => m.Id >= from && m.Id <= to).OrderBy(m => m.Id).Take(most).Select(m => m.Id).ToListAsync(cancellationToken);
        return messages.Count == 0
            ? new Chunk(0, 0, default)
            : new Chunk(
                messages.Count,
                await Destinations(db, application, messages[0], messages[^1]).CountAsync(cancellationToken),
                new MessageId(messages[^1].Value + 1));
    }

    /// <summary>Which endpoints messages went to: one entry for a message at an endpoint, however often it was sent there.</summary>
    internal static IQueryable<object> Destinations(WebhooksDbContext db, ApplicationId application, MessageId first, MessageId last) => (
        from message in db.Messages.Of(application)
        join delivery in db.Deliveries on message.Id equals delivery.MessageId
        where message.Id >= first && message.Id <= last && delivery.State != DeliveryState.Filtered
        select new { delivery.MessageId, delivery.EndpointId })
        .Distinct();

    /// <param name="Next">The first message behind it.</param>
    private readonly record struct Chunk(int Messages, int Destinations, MessageId Next);
}
