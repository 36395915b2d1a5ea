using Webhooks.Core.Channels;

namespace Webhooks.Core.Notifications;

/// <summary>What a worker has in hand: one message to one channel.</summary>
/// <param name="Told">What the message tells; of each incident the last one counts.</param>
/// <param name="Waiting">
/// What is due beside it and would need messages of its own. It fares as the message does where that fails: a channel that is down is not
/// tried once for each incident.
/// </param>
/// <param name="LeasedUntil">The fence: whoever took these over has another.</param>
internal sealed record NotificationTurn(
    Channel Channel, IReadOnlyList<Notification> Told, IReadOnlyList<Notification> Waiting, DateTimeOffset LeasedUntil)
{
    public IEnumerable<Notification> All => Told.Concat(Waiting);
}
