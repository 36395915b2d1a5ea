using Microsoft.EntityFrameworkCore;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;

namespace Webhooks.Core.DeadLetters.Bulk;

/// <summary>Walks the undecided dead letters that a task is about, oldest delivery first.</summary>
internal sealed class DeadLetterPages(WebhooksDbContext db)
{
    /// <summary>How many a step looks at: on an engine with one writer all others wait as long as it.</summary>
    public const int MaxLetters = 100;

    /// <param name="max">How many of those that fit it takes.</param>
    public async Task<DeadLetterPage> ReadAsync(BackgroundTask task, DeadLetterFilter filter, int max, CancellationToken cancellationToken)
    {
        var after = IdText.TryParse<DeliveryId>(task.Cursor, out var last) ? last : default;
        var looked = await Looked(db, filter, after).ToListAsync(cancellationToken);
        var fitting = looked.AsQueryable().Fitting(filter).ToList();
        return fitting.Count > max
            ? new DeadLetterPage(fitting[..max], fitting[max - 1].DeliveryId)
            : new DeadLetterPage(fitting, looked.Count < MaxLetters ? null : looked[^1].DeliveryId);
    }

    /// <summary>The next ones behind the cursor, whether or not they fit: what a step looks at does not depend on how few do.</summary>
    internal static IQueryable<DeadLetter> Looked(WebhooksDbContext db, DeadLetterFilter filter, DeliveryId after) =>
        db.DeadLetters.AsNoTracking().InScope(filter).Where(l => l.DeliveryId > after).OrderBy(l => l.DeliveryId).Take(MaxLetters);
}

/// <param name="Letters">Those to do now.</param>
/// <param name="Last">The last one that was looked at; null when there are none behind it.</param>
internal sealed record DeadLetterPage(IReadOnlyList<DeadLetter> Letters, DeliveryId? Last);
