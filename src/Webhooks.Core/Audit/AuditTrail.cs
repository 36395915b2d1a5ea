using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Applications;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Incidents;

namespace Webhooks.Core.Audit;

/// <summary>Adds to the audit log what an operation did, inside the operation's transaction: what left no entry did not happen.</summary>
internal sealed class AuditTrail(WebhooksDbContext db, IdGenerator ids, TimeProvider clock)
{
    public const int MaxTarget = 1_024;

    /// <summary>
    /// Which application a request is about. Asked before it is done: an application that is deleted loses the uid that may name it here.
    /// </summary>
    public async Task<ApplicationId?> FindApplicationAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var slots = http.Request.RouteValues;
        if (http.Features.Get<Caller>()?.ApplicationId is { } own)
            return own;
        if (slots.GetValueOrDefault("app_id") is string idOrUid)
            return IdText.TryParse<ApplicationId>(idOrUid, out var id)
                ? id
                : await db.Applications.Where(a => a.Uid == idOrUid && a.DeletedAt == null)
                    .Select(a => (ApplicationId?)a.Id).FirstOrDefaultAsync(cancellationToken);
        if (IdText.TryParse<DeliveryId>(slots.GetValueOrDefault("dlv_id") as string, out var letter))
            return await db.DeadLetters.Where(l => l.DeliveryId == letter)
                .Select(l => (ApplicationId?)l.ApplicationId).FirstOrDefaultAsync(cancellationToken);
        if (IdText.TryParse<IncidentId>(slots.GetValueOrDefault("incident_id") as string, out var incident))
            return await db.Incidents.Where(i => i.Id == incident).Select(i => i.ApplicationId).FirstOrDefaultAsync(cancellationToken);
        return null;
    }

    /// <param name="application">What <see cref="FindApplicationAsync"/> found; null for none, or for one that is made only now.</param>
    /// <param name="answer">What the operation answers; null where it only reads.</param>
    public void Add(HttpContext http, ApplicationId? application, StoredAnswer? answer)
    {
        if (http.GetEndpoint() is not RouteEndpoint route || http.Features.Get<Caller>() is not { } caller)
            return;

        db.AuditEntries.Add(new AuditEntry
        {
            Id = ids.New<AuditEntryId>(),
            At = clock.GetUtcMicroseconds(),
            Who = caller.Who,
            Operation = route.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? route.RoutePattern.RawText ?? "",
            Target = TargetOf(route, http.Request.RouteValues, answer),
            ApplicationId = application ?? Made(),
        });
    }

    /// <summary>
    /// For what is no operation of the API: changes of the people who have access. Inside the caller's transaction, who saves.
    /// </summary>
    /// <param name="who">Who did it, as others are shown it.</param>
    /// <param name="operation">Such as <c>operator.add</c>.</param>
    /// <param name="target">What it was done to, and how it is now.</param>
    public void Add(string who, string operation, string target) => db.AuditEntries.Add(new AuditEntry
    {
        Id = ids.New<AuditEntryId>(),
        At = clock.GetUtcMicroseconds(),
        Who = who,
        Operation = operation,
        Target = Cut(target),
    });

    private ApplicationId? Made() =>
        db.ChangeTracker.Entries<Application>().FirstOrDefault(entry => entry.State == EntityState.Added)?.Entity.Id;

    private static string TargetOf(RouteEndpoint route, RouteValueDictionary slots, StoredAnswer? answer)
    {
        var path = route.RoutePattern.RawText ?? "";
        foreach (var slot in route.RoutePattern.Parameters)
            path = path.Replace($"{{{slot.Name}}}", slots.GetValueOrDefault(slot.Name)?.ToString(), StringComparison.Ordinal);
        path = path.TrimEnd('/');
        if (answer is { StatusCode: StatusCodes.Status201Created } && NameOf(answer) is { } made
            && !path.EndsWith($"/{made}", StringComparison.Ordinal)) // an event type that was made under its name
            path += $"/{made}";
        return Cut(path);
    }

    private static string Cut(string target) => target.Length <= MaxTarget ? target : target[..MaxTarget];

    // An event type has no id beside its name.
    private static string? NameOf(StoredAnswer answer)
    {
        using var body = JsonDocument.Parse(answer.Body);
        return body.RootElement is { ValueKind: JsonValueKind.Object } made
            && (made.TryGetProperty("id", out var name) || made.TryGetProperty("name", out name)) ? name.GetString() : null;
    }
}
