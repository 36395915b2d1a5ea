using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
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
    /// <param name="self">The endpoint that is changed; null for a new one.</param>
    public async Task<Problem?> FindFaultAsync(
        ApplicationId application, EndpointId? self, EndpointUpdate settings, CancellationToken cancellationToken)
    {
        if (settings.EventTypes is { } wanted)
        {
            var known = await db.EventTypes.Where(t => wanted.Contains(t.Name)).Select(t => t.Name).ToListAsync(cancellationToken);
            if (wanted.Except(known, StringComparer.Ordinal).ToList() is { Count: > 0 } unknown)
                return ApiProblems.Invalid(
                    ["body", "eventTypes"], $"There are no event types with these names; create them first: {string.Join(", ", unknown)}");
        }

        var isTaken = settings.Uid is { } uid
            && await db.Endpoints.Live(application).AnyAsync(e => e.Uid == uid && e.Id != self, cancellationToken);
        return isTaken ? ApiProblems.Conflict("An endpoint of this application has this uid. Choose another.") : null;
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
        if (settings.Filter.IsSet)
            endpoint.Filter = settings.Filter.Value is { } filter ? Encoding.UTF8.GetString(filter.Utf8.Span) : null;
        if (settings.RetryScheduleSeconds.IsSet)
            endpoint.RetrySchedule = settings.RetryScheduleSeconds.Value?.ConvertAll(seconds => TimeSpan.FromSeconds(seconds));
    }
}
