using Microsoft.EntityFrameworkCore;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints;
using Webhooks.Server.Dashboard.Parts;

namespace Webhooks.Server.Dashboard.Tasks;

/// <summary>Something that a task was asked for, or did.</summary>
/// <param name="Text">Null for what was not said.</param>
internal sealed record TaskFact(string Name, string? Text)
{
    /// <summary>The page of what it names; null for none.</summary>
    public string? Link { get; init; }

    private ApplicationId? Application { get; init; }
    private EndpointId? Endpoint { get; init; }
    private ApiKeyId? Key { get; init; }

    public static TaskFact Of(ApplicationId? id) => new("Application", id?.ToString()) { Application = id, Link = $"/applications/{id}" };

    public static TaskFact Of(EndpointId? id) => new("Endpoint", id?.ToString()) { Endpoint = id, Link = $"/endpoints/{id}" };

    /// <param name="who">A person's name, or an API key's id.</param>
    public static TaskFact By(string? who) => new("Asked for by", who) { Key = IdText.TryParse<ApiKeyId>(who, out var id) ? id : null };

    /// <summary>The same with the names of the applications, endpoints and keys that they are about.</summary>
    public static async Task<IReadOnlyList<TaskFact>> NamedAsync(
        WebhooksDbContext db, IReadOnlyList<TaskFact> facts, CancellationToken cancellationToken)
    {
        var names = await Names.ReadAsync(db, facts, f => f.Application, f => f.Endpoint, cancellationToken);
        var ids = facts.Select(f => f.Key).OfType<ApiKeyId>().ToList();
        var keys = await db.ApiKeys.Where(k => ids.Contains(k.Id)).Select(k => new { k.Id, k.Name })
            .ToDictionaryAsync(k => k.Id, k => k.Name, cancellationToken);
        keys[ApiKeyLookup.BootstrapKeyId] = "bootstrap key";
        return [.. facts.Select(f => f with
        {
            Text = names.Of(f.Application) ?? names.Of(f.Endpoint) ?? NameOf(f.Key, keys) ?? f.Text,
        })];
    }

    private static string? NameOf(ApiKeyId? key, Dictionary<ApiKeyId, string> keys) =>
        key is { } id && keys.TryGetValue(id, out var name) ? $"the API key “{name}”" : null;
}
