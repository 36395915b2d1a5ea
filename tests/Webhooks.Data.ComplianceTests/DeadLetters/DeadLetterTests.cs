using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Telemetry;
using Webhooks.Data.ComplianceTests.BackgroundTasks;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.DeadLetters;

/// <summary>What the tests of dead letters share: making some, and looking at them.</summary>
public abstract class DeadLetterTests(Store store) : TaskTests(store)
{
    private protected const string Person = "key_of_a_person";

    private protected Task<List<DeadLetter>> LettersAsync() => Db.DeadLetters.OrderBy(l => l.DeliveryId).ToListAsync(Cancel);

    private protected Task<DeadLetter> LetterAsync() => Db.DeadLetters.SingleAsync(Cancel);

    private protected Task<EndpointId> HoldingAsync() => Given.EndpointAsync(e => e.UnknownOutcomePolicy = UnknownOutcomePolicy.Hold);

    /// <summary>A delivery of an endpoint that is tried once, under lease.</summary>
    private protected async Task<ClaimedDelivery> ClaimedAsync(Action<Endpoint>? with = null)
    {
        await Given.MessagesAsync(await Given.EndpointAsync(with ?? (e => e.RetrySchedule = [])), 1);
        return (await ClaimAsync()).Deliveries.Single();
    }

    private protected async Task SweepAsync()
    {
        await using var db = NewContext();
        var sweep = new LeaseSweep(db, Recorder, Ids, Clock, Options.Create(Given.Options), NullLogger<LeaseSweep>.Instance);
        await sweep.SweepExpiredAsync(Cancel);
    }

    /// <summary>Decides in a transaction of its own, as a request does. Returns the status of the refusal; 0 where it was done.</summary>
    private protected async Task<int> DecideAsync(Func<DeadLetterDesk, Task<Core.Http.Problems.Problem?>> decide)
    {
        await using var db = NewContext();
        await using var transaction = await Sql.BeginWriteAsync(db, Cancel);
        var refusal = await decide(new DeadLetterDesk(db, new Resend(db, Ids, Clock), new WebhooksMeter(Meters), Clock));
        if (refusal is not null)
            return refusal.StatusCode;

        await db.SaveChangesAsync(Cancel);
        await transaction.CommitAsync(Cancel);
        return 0;
    }

    private protected Task<int> ReplayAsync(DeliveryId id) => DecideAsync(desk => desk.ReplayAsync(id, Person, Cancel));

    private protected Task<int> ArriveAsync(DeliveryId id) =>
        DecideAsync(desk => desk.ArriveAsync(id, Person, "Found in its books.", Cancel));

    private protected Task<int> DiscardAsync(DeliveryId id) =>
        DecideAsync(desk => desk.DiscardAsync(id, Person, "Booked by hand.", Cancel));
}
