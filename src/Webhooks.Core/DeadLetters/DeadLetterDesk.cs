using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Http.Problems;
using Webhooks.Core.Telemetry;

namespace Webhooks.Core.DeadLetters;

/// <summary>Decides about one dead letter, inside the caller's transaction.</summary>
internal sealed class DeadLetterDesk(WebhooksDbContext db, Resend resend, WebhooksMeter meter, TimeProvider clock)
{
    /// <summary>Whether one was said to have arrived.</summary>
    public bool HasArrived { get; private set; }

    /// <summary>Sends its message to its endpoint again.</summary>
    /// <returns>Null when that is done; otherwise why not, and then nothing must be committed.</returns>
    public async Task<Problem?> ReplayAsync(DeliveryId id, string by, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } letter)
            return ApiProblems.NotFound();
        if (IsDecided(letter))
            return AlreadyDecided(letter);
        if (await FindRefusalAsync(letter, cancellationToken) is { } refusal)
            return refusal;
        if (await resend.AddAsync(letter.MessageId, letter.EndpointId, by, cancellationToken) is not { } replay)
            return ResendProblems.MissingPayload();

        // The mark that the resend has made settles it where two decide at once.
        var decided = await FindAsync(id, cancellationToken);
        return decided!.ReplayDeliveryId == replay ? null : AlreadyDecided(decided);
    }

    /// <summary>Decides that it is not sent any more.</summary>
    /// <inheritdoc cref="ReplayAsync" path="/returns"/>
    public async Task<Problem?> DiscardAsync(DeliveryId id, string by, string note, CancellationToken cancellationToken)
    {
        var (letters, canceled) = await db.DiscardAsync([id], by, note, clock.GetUtcMicroseconds(), cancellationToken);
        meter.Canceled(canceled); // not committed yet: counted once too often where that fails, and never too seldom
        if (letters == 1)
            return null;

        return await FindAsync(id, cancellationToken) is { } letter ? AlreadyDecided(letter) : ApiProblems.NotFound();
    }

    /// <summary>A person says that the subscriber has it: only where it was ever unknown whether it has.</summary>
    /// <inheritdoc cref="ReplayAsync" path="/returns"/>
    public async Task<Problem?> ArriveAsync(DeliveryId id, string by, string? note, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } letter)
            return ApiProblems.NotFound();
        if (IsDecided(letter))
            return AlreadyDecided(letter);
        if (!await MayHaveArrivedAsync(letter, cancellationToken))
            return ApiProblems.BadRequest(
                "outcome_known",
                "No attempt of this delivery ended without an answer, so it did not arrive. Replay it, or discard it with a reason.");
        if (await db.ArriveAsync(id, by, note, clock.GetUtcMicroseconds(), cancellationToken) == 0)
            return AlreadyDecided((await FindAsync(id, cancellationToken))!);

        HasArrived = true;
        return null;
    }

    // The reason says so too, should the attempts be gone.
    private async Task<bool> MayHaveArrivedAsync(DeadLetter letter, CancellationToken cancellationToken) =>
        letter.DeadReason == DeadLetterReason.Unknown || letter.HoldReason == HoldReason.UnknownOutcome
        || await db.Attempts.AnyAsync(a => a.DeliveryId == letter.DeliveryId && a.Outcome == AttemptOutcome.Unknown, cancellationToken);

    private static bool IsDecided(DeadLetter letter) => letter.State is not (DeadLetterState.Open or DeadLetterState.Acknowledged);

    private Task<DeadLetter?> FindAsync(DeliveryId id, CancellationToken cancellationToken) =>
        db.DeadLetters.AsNoTracking().FirstOrDefaultAsync(l => l.DeliveryId == id, cancellationToken);

    private async Task<Problem?> FindRefusalAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        var endpoint = await db.Endpoints.Where(e => e.Id == letter.EndpointId && e.DeletedAt == null)
            .Select(e => new { e.Disabled, IsPaused = e.PausedAt != null }).FirstOrDefaultAsync(cancellationToken);
        return endpoint is null ? ResendProblems.EndpointDeleted() : ResendProblems.Find(endpoint.Disabled, endpoint.IsPaused);
    }

    private static Problem AlreadyDecided(DeadLetter letter)
    {
        var what = letter.State switch
        {
            DeadLetterState.Replayed => "replayed",
            DeadLetterState.Arrived => "said to have arrived",
            _ => "discarded",
        };
        var when = letter.DecidedAt?.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
        return ApiProblems.Conflict(
            $"This dead letter was {what} by {letter.DecidedBy} at {when}. To send its message once more, use resend.", "already_decided");
    }
}
