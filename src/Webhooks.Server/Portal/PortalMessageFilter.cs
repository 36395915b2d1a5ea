using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Paging;
using Webhooks.Core.Messages;
using Webhooks.Server.Dashboard.Messages;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Portal;

/// <summary>Which of an application's messages its people look for, as the page's address says it.</summary>
internal sealed record PortalMessageFilter
{
    public static readonly IReadOnlyList<(string Word, string Text)> Statuses =
        [("delivered", "Delivered"), ("on-its-way", "On its way"), ("failing", "Failing"), ("failed", "Failed"), ("not-sent", "Not sent")];

    /// <summary>A message's own id, or the publisher's; then nothing else is looked at.</summary>
    public string? Id { get; init; }

    /// <summary>The whole name of an event.</summary>
    public string? EventType { get; init; }

    /// <summary>How it stands, at any endpoint or at the one that is said.</summary>
    public string? Status { get; init; }

    public string? EndpointId { get; init; }

    /// <summary>Whether any of them is set.</summary>
    public bool IsAny => this != new PortalMessageFilter();

    /// <param name="application">Whose messages; those of others are never looked at.</param>
    public async Task<ListPage<MessageRow>> ReadAsync(
        WebhooksDbContext db, ApplicationId application, PageRequest<MessageId> asked, CancellationToken cancellationToken)
    {
        var found = Id is { } id
            ? new Page<MessageId>(await NamedAsync(db, application, id, cancellationToken), null, null, Done: true)
            : await FindAsync(db, application, asked, cancellationToken);
        var rows = await MessageRow.ReadAsync(db, found.Data, cancellationToken);
        return new Page<MessageRow>(rows, found.Iterator, found.PrevIterator, found.Done).ToList(asked);
    }

    private static Task<List<MessageId>> NamedAsync(
        WebhooksDbContext db, ApplicationId application, string id, CancellationToken cancellationToken) =>
        db.Messages.Of(application).ByIdOrEventId(id).Select(m => m.Id).ToListAsync(cancellationToken);

    private async Task<Page<MessageId>> FindAsync(
        WebhooksDbContext db, ApplicationId application, PageRequest<MessageId> asked, CancellationToken cancellationToken)
    {
        EndpointId? endpoint = null;
        if (EndpointId is not null)
        {
            if (!IdText.TryParse<EndpointId>(EndpointId, out var id))
                return new Page<MessageId>([], null, null, Done: true);
            endpoint = id;
        }

        var search = new MessageSearch
        {
            ApplicationId = application, EndpointId = endpoint, EventType = EventType, Standing = StandingOf(Status),
        };
        return (await search.FindAsync(db, asked, cancellationToken)).Page;
    }

    private static MessageStanding? StandingOf(string? word) => word switch
    {
        "delivered" => MessageStanding.Delivered,
        "on-its-way" => MessageStanding.OnItsWay,
        "failing" => MessageStanding.Failing,
        "failed" => MessageStanding.Dead,
        "not-sent" => MessageStanding.NotSent,
        _ => null,
    };
}
