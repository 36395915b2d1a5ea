using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Http.Idempotency;

namespace Webhooks.Core.Audit;

/// <summary>Adds to the audit log what an operation did, inside the operation's transaction: what left no entry did not happen.</summary>
internal sealed class AuditTrail(WebhooksDbContext db, IdGenerator ids, TimeProvider clock)
{
    public const int MaxTarget = 1_024;

    public async Task AddAsync(HttpContext http, StoredAnswer? answer, CancellationToken cancellationToken)
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
            ApplicationId = caller.ApplicationId ?? await FindApplicationAsync(http.Request.RouteValues, cancellationToken),
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

    private async Task<ApplicationId?> FindApplicationAsync(RouteValueDictionary slots, CancellationToken cancellationToken)
    {
        if (slots.GetValueOrDefault("app_id") is not string idOrUid)
            return null;
        if (IdText.TryParse<ApplicationId>(idOrUid, out var id))
            return id;

        return await db.Applications.Where(a => a.Uid == idOrUid && a.DeletedAt == null)
            .Select(a => (ApplicationId?)a.Id).FirstOrDefaultAsync(cancellationToken);
    }

    private static string TargetOf(RouteEndpoint route, RouteValueDictionary slots, StoredAnswer? answer)
    {
        var path = route.RoutePattern.RawText ?? "";
        foreach (var slot in route.RoutePattern.Parameters)
            path = path.Replace($"{{{slot.Name}}}", slots.GetValueOrDefault(slot.Name)?.ToString(), StringComparison.Ordinal);
        if (answer is { StatusCode: StatusCodes.Status201Created } && IdOf(answer) is { } made)
            path += $"/{made}";
        return Cut(path);
    }

    private static string Cut(string target) => target.Length <= MaxTarget ? target : target[..MaxTarget];

    private static string? IdOf(StoredAnswer answer)
    {
        using var body = JsonDocument.Parse(answer.Body);
        return body.RootElement is { ValueKind: JsonValueKind.Object } made && made.TryGetProperty("id", out var id) ? id.GetString() : null;
    }
}
