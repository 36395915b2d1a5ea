using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Core.EventTypes;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.Incidents;
using Webhooks.Core.Lanes;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Protocol;

namespace Webhooks.Core.Endpoints;

/// <summary>Endpoints come, change and go with their lanes and secrets, inside the caller's transaction.</summary>
internal sealed class EndpointRegistry(
    WebhooksDbContext db, LaneSwitch lanes, EndpointSecrets secrets, EndpointHeaders headers, EndpointEvents events,
    DisabledWatch disabled, IdGenerator ids, TimeProvider clock, IOptions<DeliveryOptions> options)
{
    /// <summary>What only the database knows: names of event types, and which uids are taken.</summary>
    /// <param name="caller">Event types that it may not see are not there for it.</param>
    /// <param name="self">The endpoint that is changed; null for a new one.</param>
    public async Task<Problem?> FindFaultAsync(
        Caller caller, ApplicationId application, Endpoint? self, EndpointUpdate settings, CancellationToken cancellationToken)
    {
        // Those of operational webhooks are the service's own: their body knows them.
        if (application != OperationalApplication.Id
            && await FindUnknownAsync(caller, self, settings, cancellationToken) is { Count: > 0 } unknown)
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

    public async Task<Endpoint> AddAsync(ApplicationId application, EndpointIn input, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        var id = ids.New<EndpointId>();
        var endpoint = new Endpoint { Id = id, ApplicationId = application, Url = input.Url, CreatedAt = now, UpdatedAt = now };
        Change(endpoint, input);
        headers.Replace(endpoint, input.Headers ?? []);
        db.Endpoints.Add(endpoint);
        lanes.Add(endpoint);
        secrets.Add(id, input.Secret ?? SymmetricSecret.Generate());
        await events.AddAsync(OperationalEventType.EndpointCreated, endpoint, cancellationToken);
        return endpoint;
    }

    /// <summary>Replaces the settings of the endpoint that a path's slot names, or makes it there when that is a uid.</summary>
    /// <returns>The endpoint and whether it is new; without one, why not.</returns>
    public async Task<(Endpoint? Endpoint, bool IsNew, Problem? Refusal)> PutAsync(
        Caller caller, ApplicationId application, string slot, EndpointUpdate body, CancellationToken cancellationToken)
    {
        var found = await db.Endpoints.Live(application).ByIdOrUid(slot).FirstOrDefaultAsync(cancellationToken);
        if (found is null && TextRule.Uid(EndpointId.Prefix).FindFault(slot) is not null)
            return (null, false, ApiProblems.NotFound()); // Ids are given by the service: only a uid can be created.

        var settings = found is null ? EndpointIn.Of(body, slot) : KeepUid(body, found, slot);
        if (await FindFaultAsync(caller, application, found, settings, cancellationToken) is { } fault)
            return (null, false, fault);
        if (found is null)
            return (await AddAsync(application, (EndpointIn)settings, cancellationToken), true, null);

        await UpdateAsync(found, settings, cancellationToken);
        return (found, false, null);
    }

    public async Task UpdateAsync(Endpoint endpoint, EndpointUpdate settings, CancellationToken cancellationToken)
    {
        var (wasHeld, wasDisabled) = (endpoint.IsHeld, endpoint.Disabled);
        if (endpoint.DisabledReason is { } reason && !settings.Disabled)
            await disabled.NoteEnabledAsync(endpoint, reason, cancellationToken);
        Change(endpoint, settings);
        endpoint.UpdatedAt = clock.GetUtcMicroseconds();
        if (!endpoint.Disabled)
            endpoint.DisabledReason = null;

        // Enabling an endpoint that is paused, too, leaves its lane held.
        if (endpoint.IsHeld && !wasHeld)
            await lanes.HoldAsync(endpoint.Id, cancellationToken);
        else if (!endpoint.IsHeld && wasHeld)
            await lanes.ResumeAsync(endpoint.Id, cancellationToken);
        else
            await lanes.RetuneAsync(endpoint.Id, CapOf(endpoint), cancellationToken);

        await events.AddAsync(OperationalEventType.EndpointUpdated, endpoint, cancellationToken);
        if (endpoint.Disabled && !wasDisabled)
            await events.AddAsync(OperationalEventType.EndpointDisabled, endpoint, cancellationToken);
    }

    /// <summary>Hides it, frees its uid and holds its lane. What waits there is canceled in the background.</summary>
    public async Task DeleteAsync(EndpointId id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMicroseconds();
        await lanes.HoldAsync(id, cancellationToken); // first, as wherever a lane and its endpoint are locked
        await events.AddAsync(OperationalEventType.EndpointDeleted, db.Endpoints.Where(e => e.Id == id), cancellationToken);
        await db.Endpoints.Where(e => e.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(e => e.DeletedAt, now).SetProperty(e => e.UpdatedAt, now).SetProperty(e => e.Uid, (string?)null),
            cancellationToken);
    }

    // What a PUT created under a uid the same PUT must find again: without its uid, a repeated one would create a second endpoint there.
    private static EndpointUpdate KeepUid(EndpointUpdate settings, Endpoint found, string slot) =>
        settings.Uid is null && found.Uid == slot ? settings with { Uid = slot } : settings;

    private int CapOf(Endpoint endpoint) => endpoint.MaxInFlight ?? options.Value.MaxInFlightPerEndpoint;

    private static void Change(Endpoint endpoint, EndpointUpdate settings)
    {
        (endpoint.Url, endpoint.Description, endpoint.Uid) = (settings.Url, settings.Description, settings.Uid);
        (endpoint.EventTypes, endpoint.Channels, endpoint.Metadata) = (settings.EventTypes, settings.Channels, settings.Metadata);
        (endpoint.Disabled, endpoint.ThrottleRate) = (settings.Disabled, settings.ThrottleRate);
        endpoint.MaxInFlight = settings.MaxInFlight.Or(endpoint.MaxInFlight);
        endpoint.UnknownOutcomePolicy = settings.UnknownOutcome.Or(endpoint.UnknownOutcomePolicy);
        endpoint.ReceiptUrl = settings.ReceiptUrl.Or(endpoint.ReceiptUrl);
        endpoint.Ordered = settings.Ordered.Or(endpoint.Ordered);
        endpoint.ParkAfter = settings.ParkAfter.Or(endpoint.ParkAfter);
        if (settings.AttemptTimeoutSeconds.IsSet)
            endpoint.AttemptTimeout = settings.AttemptTimeoutSeconds.Value is { } length ? TimeSpan.FromSeconds(length) : null;
        if (settings.Filter.IsSet)
            endpoint.Filter = settings.Filter.Value is { } filter ? Encoding.UTF8.GetString(filter.Utf8.Span) : null;
        if (settings.RetryScheduleSeconds.IsSet)
            endpoint.RetrySchedule = settings.RetryScheduleSeconds.Value?.ConvertAll(seconds => TimeSpan.FromSeconds(seconds));
    }
}
