using Webhooks.Core.Data.Ids;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Messages;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.DeadLetters;

/// <summary>Dead letters as commit 3 leaves them: no delivery is really made here.</summary>
internal static class DeadLetterScene
{
    /// <summary>Publishes to the application, one of whose endpoints does not get it.</summary>
    /// <returns>The dead letter's id.</returns>
    public static async Task<string> DeadLetterAsync(
        this ApiHost host, string app, Action<DeadLetter>? with = null, string type = "invoice.paid",
        DeadLetterReason reason = DeadLetterReason.Rejected, DateTimeOffset? at = null) =>
        await host.LetterAsync(await host.MessageAsync(app, type), reason, null, at, with);

    public static Task<string> DeadLetterOfAsync(this ApiHost host, string message) =>
        host.LetterAsync(message, DeadLetterReason.Rejected, null, null, null);

    /// <summary>The same of a delivery that is held for its unknown outcome.</summary>
    public static async Task<string> HeldLetterAsync(this ApiHost host, string app) =>
        await host.LetterAsync(await host.MessageAsync(app), null, HoldReason.UnknownOutcome, null, null);

    /// <summary>An attempt of the dead letter's delivery.</summary>
    public static Task AttemptOfAsync(this ApiHost host, string letter, AttemptOutcome outcome, int? statusCode, int number = 1)
    {
        IdText.TryParse<DeliveryId>(letter, out var id).ShouldBeTrue();
        return host.WriteAsync(db =>
        {
            var delivery = db.Deliveries.Single(d => d.Id == id);
            db.Attempts.Add(new Attempt
            {
                Id = host.Ids.New<AttemptId>(), DeliveryId = id, MessageId = delivery.MessageId, EndpointId = delivery.EndpointId,
                Number = number, TriggerType = AttemptTrigger.Scheduled, StartedAt = host.Clock.GetUtcNow(), Outcome = outcome,
                Url = "https://example.com/hook", StatusCode = statusCode, ErrorCode = "http_status", ErrorText = "The endpoint refused.",
                TotalMicroseconds = 1, Node = "node-1",
            });
        });
    }

    private static async Task<string> LetterAsync(
        this ApiHost host, string publishedId, DeadLetterReason? reason, HoldReason? held, DateTimeOffset? at, Action<DeadLetter>? with)
    {
        IdText.TryParse<MessageId>(publishedId, out var messageId).ShouldBeTrue();
        var id = "";
        await host.WriteAsync(db =>
        {
            var message = db.Messages.Single(m => m.Id == messageId);
            var delivery = db.Deliveries.OrderBy(d => d.Id).First(d => d.MessageId == messageId);
            delivery.State = held is null ? DeliveryState.Dead : DeliveryState.Held;
            (delivery.DeadReason, delivery.HoldReason) = (reason, held);
            delivery.LastOutcome = held is null ? AttemptOutcome.Rejected : AttemptOutcome.Unknown;
            var letter = new DeadLetter
            {
                DeliveryId = delivery.Id, ApplicationId = message.ApplicationId,
                EndpointId = delivery.EndpointId, MessageId = messageId, EventType = message.EventType,
                DeadReason = reason, HoldReason = held, State = DeadLetterState.Open, CreatedAt = at ?? host.Clock.GetUtcNow(),
            };
            with?.Invoke(letter);
            db.DeadLetters.Add(letter);
            id = delivery.Id.ToString();
        });
        return id;
    }
}
