using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Channels;
using Webhooks.Core.Channels.Sending;
using Webhooks.Core.Data;
using Webhooks.Core.Notifications.Texts;
using Webhooks.Core.Telemetry;

namespace Webhooks.Core.Notifications;

/// <summary>Tells one channel what is due, message by message. No transaction is open while a message is under way.</summary>
internal sealed class NotificationSender(
    IServiceScopeFactory scopes, DatabaseResilience resilience, ChannelTeller teller, NotificationMeter meter, TimeProvider clock)
{
    public Task<List<ChannelId>> FindDueChannelsAsync(CancellationToken cancellationToken) =>
        InScopeAsync<NotificationClaims, List<ChannelId>>((claims, token) => claims.FindDueChannelsAsync(token), cancellationToken);

    /// <summary>Sends the channel's next message.</summary>
    /// <returns>Whether there may be another one to send just now.</returns>
    public async Task<bool> SendNextAsync(ChannelId channel, CancellationToken cancellationToken)
    {
        var turn = await InScopeAsync<NotificationClaims, NotificationTurn?>(
            (claims, token) => claims.TakeAsync(channel, token), cancellationToken);
        if (turn is null)
            return false;

        // Crash from here to the end of the record: whether the channel was told nobody knows. The lease runs out, and it is told again:
        // twice is better than never, and the message's id is the same.
        var notices = await InScopeAsync<NoticeReader, IReadOnlyList<Notice>>(
            (reader, token) => reader.ReadAsync(channel, turn.Told, token), cancellationToken);
        var message = new NoticeMessage(
            turn.Told[0].Id.ToString(), NoticeMessageKind.Incidents, turn.Channel.Name, clock.GetUtcMicroseconds(), notices);
        var answer = await teller.SendAsync(turn.Channel, message, cancellationToken);

        // By no token: what was sent must be written down also when the node stops.
        var ended = await InScopeAsync<NotificationRecord, int>(
            (record, token) => record.WriteAsync(turn, answer, token), CancellationToken.None);
        meter.Ended(turn.Channel.Type, answer.IsTaken, ended);
        return answer.IsTaken;
    }

    // A scope for each try: what a failed one has read and changed must not meet the next.
    private Task<T> InScopeAsync<TWork, T>(Func<TWork, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
        where TWork : notnull => resilience.ExecuteAsync(
            async token =>
            {
                await using var scope = scopes.CreateAsyncScope();
                return await work(scope.ServiceProvider.GetRequiredService<TWork>(), token);
            },
            cancellationToken);
}
