using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Endpoints;

namespace Webhooks.Server.Dashboard.Parts;

/// <summary>What people call the applications and endpoints that a page knows by their ids; also of deleted ones.</summary>
internal sealed record Names(IReadOnlyDictionary<ApplicationId, string> Applications, IReadOnlyDictionary<EndpointId, string> Endpoints)
{
    /// <summary>Its name, or its id where it has left no row.</summary>
    public string Of(ApplicationId id) => Applications.GetValueOrDefault(id) ?? id.ToString();

    /// <summary>Its URL, or its id where it has left no row.</summary>
    public string Of(EndpointId id) => Endpoints.GetValueOrDefault(id) ?? id.ToString();

    public string? Of(ApplicationId? id) => id is { } known ? Of(known) : null;

    public string? Of(EndpointId? id) => id is { } known ? Of(known) : null;

    /// <summary>The names of what rows are about.</summary>
    public static async Task<Names> ReadAsync<T>(
        WebhooksDbContext db, IReadOnlyCollection<T> rows, Func<T, ApplicationId?> application, Func<T, EndpointId?> endpoint,
        CancellationToken cancellationToken)
    {
        var applications = rows.Select(application).OfType<ApplicationId>().Distinct().ToList();
        var endpoints = rows.Select(endpoint).OfType<EndpointId>().Distinct().ToList();
        return new Names(
            await db.Applications.Where(a => applications.Contains(a.Id)).Select(a => new { a.Id, a.Name })
                .ToDictionaryAsync(a => a.Id, a => a.Name, cancellationToken),
            await db.Endpoints.Where(e => endpoints.Contains(e.Id)).Select(e => new { e.Id, e.Url })
                .ToDictionaryAsync(e => e.Id, e => e.Url, cancellationToken));
    }
}
