using Webhooks.Core.Channels;
using Webhooks.Core.Incidents;
using Webhooks.Core.Notifications;

namespace Webhooks.Core.Tests.Notifications;

public sealed class NotificationDecisionTests
{
    [Theory]
    [InlineData(NotificationReason.Escalated, IncidentState.Open, NotificationNext.Send)]
    [InlineData(NotificationReason.Escalated, IncidentState.Acknowledged, NotificationNext.Drop)]
    [InlineData(NotificationReason.Escalated, IncidentState.Resolved, NotificationNext.Drop)]
    [InlineData(NotificationReason.Acknowledged, IncidentState.Open, NotificationNext.Drop)]
    [InlineData(NotificationReason.Acknowledged, IncidentState.Acknowledged, NotificationNext.Send)]
    [InlineData(NotificationReason.Acknowledged, IncidentState.Resolved, NotificationNext.Drop)]
    [InlineData(NotificationReason.Resolved, IncidentState.Open, NotificationNext.Drop)]
    [InlineData(NotificationReason.Resolved, IncidentState.Resolved, NotificationNext.Send)]
    [InlineData(NotificationReason.Updated, IncidentState.Open, NotificationNext.Send)]
    [InlineData(NotificationReason.Updated, IncidentState.Acknowledged, NotificationNext.Send)]
    [InlineData(NotificationReason.Updated, IncidentState.Resolved, NotificationNext.Drop)]
    internal void Of_WhateverHappenedMeanwhile_TellsOnlyWhatIsStillSo(NotificationReason reason, IncidentState state, NotificationNext next) =>
        Decide(reason, incident => incident.State = state).Next.ShouldBe(next);

    [Fact]
    public void Of_SnoozedMeanwhile_WaitsForItsEnd()
    {
        var until = Told.Now.AddHours(1);

        var decision = Decide(NotificationReason.Escalated, incident => incident.SnoozedUntil = until);

        (decision.Next, decision.Until).ShouldBe((NotificationNext.Postpone, until));
    }

    [Theory]
    [InlineData(NotificationReason.Escalated, true)]
    [InlineData(NotificationReason.Updated, false)]
    internal void Of_ChannelIsDisabled_FailsAndTheNextStepFollows(NotificationReason reason, bool hurries)
    {
        var decision = Decide(reason, channel: Channel(disabled: true));

        (decision.Next, decision.Hurries, decision.Error).ShouldBe((NotificationNext.Fail, hurries, "The channel is disabled."));
    }

    [Fact]
    public void Of_ChannelWasDeleted_FailsAndTheNextStepFollows()
    {
        var decision = NotificationDecision.Of(Notification(NotificationReason.Escalated), Incident(), null, Told.Now);

        (decision.Next, decision.Hurries).ShouldBe((NotificationNext.Fail, true));
    }

    [Fact]
    public void Of_IncidentOfTheChannelItself_IsNotToldOverIt()
    {
        var decision = NotificationDecision.Of(
            Notification(NotificationReason.Escalated), Incident(channel: new ChannelId(9)), Channel(disabled: false), Told.Now);

        (decision.Next, decision.Hurries).ShouldBe((NotificationNext.Drop, true));
    }

    [Fact]
    public void Of_ChannelIsDisabledAfterAFailure_HurriesNobodyAgain()
    {
        var notification = Notification(NotificationReason.Escalated);
        notification.Error = "It answered 503.";

        var decision = NotificationDecision.Of(notification, Incident(), Channel(disabled: true), Told.Now);

        (decision.Next, decision.Hurries).ShouldBe((NotificationNext.Fail, false));
    }

    private static NotificationDecision Decide(NotificationReason reason, Action<Incident>? change = null, Channel? channel = null)
    {
        var incident = Incident();
        change?.Invoke(incident);
        return NotificationDecision.Of(Notification(reason), incident, channel ?? Channel(disabled: false), Told.Now);
    }

    private static Notification Notification(NotificationReason reason) => new()
    {
        Id = new NotificationId(1), IncidentId = new IncidentId(1), ChannelId = new ChannelId(9), Reason = reason, Step = 0,
        State = NotificationState.Waiting, DueAt = Told.Now, CreatedAt = Told.Now,
    };

    private static Incident Incident(ChannelId? channel = null) => new()
    {
        Id = new IncidentId(1), Kind = IncidentKind.Rejected, Key = "k", State = IncidentState.Open, Summary = "s", OpenedAt = Told.Now,
        OccurredAt = Told.Now, ChannelId = channel,
    };

    private static Channel Channel(bool disabled) => new()
    {
        Id = new ChannelId(9), Name = "c", Type = ChannelType.Slack, ProtectedSettings = [], Disabled = disabled, CreatedAt = Told.Now,
        UpdatedAt = Told.Now,
    };
}
