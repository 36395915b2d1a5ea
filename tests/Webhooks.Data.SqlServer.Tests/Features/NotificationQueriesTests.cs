using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Channels;
using Webhooks.Core.Channels.Sending;
using Webhooks.Core.Incidents;
using Webhooks.Core.Notifications;
using Webhooks.Core.Notifications.Acknowledgement;
using Webhooks.Data.SqlServer.Tests.Recording;

namespace Webhooks.Data.SqlServer.Tests.Features;

/// <summary>What EF Core sends for what notifications and channels ask and write.</summary>
public sealed class NotificationQueriesTests : BoundQueries
{
    [Fact]
    public Task NotificationClaims()
    {
        (Row, Left) = ([[new Any(false, IsFull: true)]], 20); // nobody else has it in hand
        return BindsAsync(
            async services =>
            {
                var claims = Make<NotificationClaims>(services);
                await claims.FindDueChannelsAsync(Cancel);
                await claims.CountMessagesAsync(new ChannelId(7), Now, Cancel);
                await claims.TakeAsync(new ChannelId(7), Cancel);
            },
            "UPDATE [notifications]");
    }

    [Fact]
    public Task NotificationRecord() => BindsFullAsync(
        services =>
        {
            var channel = new Channel
            {
                Id = new ChannelId(7), Name = "c", Type = ChannelType.Slack, ProtectedSettings = [], CreatedAt = Now, UpdatedAt = Now,
            };
            var notification = new Notification
            {
                Id = new NotificationId(7), IncidentId = new IncidentId(7), ChannelId = channel.Id, Reason = NotificationReason.Escalated,
                Step = 0, State = NotificationState.Waiting, DueAt = Now, CreatedAt = Now,
            };
            return Make<NotificationRecord>(services).WriteAsync(
                new NotificationTurn(channel, [notification], [], Now), ChannelAnswer.Taken, Cancel);
        },
        "UPDATE [notifications]", left: 20);

    [Fact]
    public Task NoticeReader() => BindsFullAsync(
        services => services.GetRequiredService<NoticeReader>().FindAsync(new IncidentId(7), Cancel), "[attempts]", left: 20);

    [Fact]
    public Task ChannelHeartbeat() => BindsFullAsync(
        services => Make<ChannelHeartbeat>(services).RunAsync(Cancel), "UPDATE [channels]", left: 20);

    [Fact]
    public Task Acknowledgements() => BindsFullAsync(
        services =>
        {
            var token = services.GetRequiredService<AcknowledgementTokens>().Create(new IncidentId(7), 1, new ChannelId(7));
            return services.GetRequiredService<Acknowledgements>().AcknowledgeAsync(token, Cancel);
        },
        "[incidents]", left: 20);

    // Those of workers are not in the API's container.
    private static TWork Make<TWork>(IServiceProvider services) => ActivatorUtilities.CreateInstance<TWork>(services);
}
