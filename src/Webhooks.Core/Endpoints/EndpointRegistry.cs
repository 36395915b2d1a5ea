using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.EventTypes;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.Lanes;
using Webhooks.Protocol;

namespace Webhooks.Core.Endpoints;

/// <summary>Endpoints come, change and go with their lanes and secrets, inside the caller's transaction.</summary>
internal sealed class EndpointRegistry(
    WebhooksDbContext db, LaneSwitch lanes, EndpointSecrets secrets, EndpointHeaders headers, IdGenerator ids, TimeProvider clock,
    IOptions<DeliveryOptions> options)
{
    /// <summary>What only the database knows: names of event types, and which uids are taken.</summary>
    /// <param name="caller">Event types that it may not see are not there for it.</param>
    /// <param name="self">The endpoint that is changed; null for a new one.</param>
    public async Task<Problem?> FindFaultAsync(
        Caller caller, ApplicationId application, Endpoint? self, EndpointUpdate settings, CancellationToken cancellationToken)
    {
        if (await FindUnknownAsync(caller, self, settings, cancellationToken) is { Count: > 0 } unknown)
            return ApiProblems.Invalid(
                ["body", "eventTypes"], $"There are no event types with these names; create them first: {string.Join(", ", unknown)}");

        var id = self?.Id;
        var isTaken = settings.Uid is { } uid
            && await db.Endpoints.Live(application).AnyAsync(e => e.Uid == uid && e.Id != id, cancellationToken);
        return isTaken ? ApiProblems.Conflict("An endpoint of this application has this uid. Choose another.") : null;
    }

    // What the endpoint has already may stay: someone who may see more gave it, or the event type is gone since.
    private async Task<List<string>> FindUnknownAsync(
        Caller caller, Endpoint? self, EndpointUpdate settings, CancellationToken cancellationToken)
    {
        var added = (settings.EventTypes ?? []).Except(self?.EventTypes ?? [], StringComparer.Ordinal).ToList();
        if (added.Count == 0)
            return added;

        var known = await db.EventTypes.Visible(caller)
            .Where(t => added.Contains(t.Name)).Select(t => t.Name).ToListAsync(cancellationToken);
        return [.. added.Except(known, StringComparer.Ordinal)];
    }

    public Endpoint Add(ApplicationId application, EndpointIn input)
    {
        var now = clock.GetUtcMicroseconds();
        var id = ids.New<EndpointId>();
        var endpoint = new Endpoint { Id = id, ApplicationId = application, Url = input.Url, CreatedAt = now, UpdatedAt = now };
        Change(endpoint, input);
        headers.Replace(endpoint, input.Headers ?? []);
        db.Endpoints.Add(endpoint);
        lanes.Add(endpoint);
        secrets.Add(id, input.Secret ?? SymmetricSecret.Generate());
        return endpoint;
    }

    public async Task UpdateAsync(Endpoint endpoint, EndpointUpdate settings, CancellationToken cancellationToken)
    {
        var wasDisabled = endpoint.Disabled;
        Change(endpoint, settings);
        endpoint.UpdatedAt = clock.GetUtcMicroseconds();
        if (!endpoint.Disabled)
            endpoint.DisabledReason = null;

        if (endpoint.Disabled && !wasDisabled)
            await lanes.HoldAsync(endpoint.Id, cancellationToken);
        else if (!endpoint.Disabled && wasDisabled)
            await lanes.ResumeAsync(endpoint.Id, cancellationToken);
        else
            await lanes.RetuneAsync(endpoint.Id, CapOf(endpoint), cancellationToken);
    }

    /// <summary>Hides it, frees its uid and holds its lane. What waits there is canceled in the background.</summary>
    public async Task DeleteAsync(EndpointId id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        await db.Endpoints.Where(e => e.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(e => e.DeletedAt, now).SetProperty(e => e.UpdatedAt, now).SetProperty(e => e.Uid, (string?)null),
            cancellationToken);
        await lanes.HoldAsync(id, cancellationToken);
    }

    private int CapOf(Endpoint endpoint) => endpoint.MaxInFlight ?? options.Value.MaxInFlightPerEndpoint;

    private static void Change(Endpoint endpoint, EndpointUpdate settings)
    {
        (endpoint.Url, endpoint.Description, endpoint.Uid) = (settings.Url, settings.Description, settings.Uid);
        (endpoint.EventTypes, endpoint.Channels, endpoint.Metadata) = (settings.EventTypes, settings.Channels, settings.Metadata);
        (endpoint.Disabled, endpoint.ThrottleRate) = (settings.Disabled, settings.ThrottleRate);
        endpoint.MaxInFlight = settings.MaxInFlight.Or(endpoint.MaxInFlight);
        endpoint.UnknownOutcomePolicy = settings.UnknownOutcome.Or(endpoint.UnknownOutcomePolicy);
        if (settings.RetryScheduleSeconds.IsSet)
            endpoint.RetrySchedule = settings.RetryScheduleSeconds.Value?.ConvertAll(seconds => TimeSpan.FromSeconds(seconds));
    }
}
