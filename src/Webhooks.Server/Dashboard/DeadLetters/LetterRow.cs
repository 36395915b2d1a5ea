using Webhooks.Core.Data;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Http.Paging;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.DeadLetters;

/// <summary>A line of the list.</summary>
internal sealed record LetterRow(DeadLetterOut Letter, string Application, string Endpoint)
{
    public DeliveryId Id => Letter.Id;

    /// <summary>The element's id of its link, which takes the focus.</summary>
    public string Element => $"letter-{Id}";

    public static async Task<ListPage<LetterRow>> ReadAsync(
        WebhooksDbContext db, DeadLetterFilter filter, PageRequest<DeliveryId> asked, CancellationToken cancellationToken)
    {
        var page = await db.DeadLetters.InScope(filter).Fitting(filter)
            .ToPageAsync(asked, l => l.DeliveryId, DeadLetterOut.Projection, l => l.Id, cancellationToken);
        var names = await Names.ReadAsync(db, page.Data, l => l.ApplicationId, l => l.EndpointId, cancellationToken);
        return new Page<LetterRow>(
            [.. page.Data.Select(l => new LetterRow(l, names.Of(l.ApplicationId), names.Of(l.EndpointId)))],
            page.Iterator, page.PrevIterator, page.Done).ToList(asked);
    }
}
