using System.Collections.Frozen;

namespace Webhooks.Server.Dashboard.AuditLog;

/// <summary>What leaves an entry, as people would say what was done: the API's operations, changes of operators, and seals.</summary>
internal static class AuditTexts
{
    private static readonly FrozenDictionary<string, string> Known = new Dictionary<string, string>
    {
        ["ledger.seal"] = "Sealed a day of the ledger",
        ["v1.api-key.create"] = "Made an API key",
        ["v1.api-key.revoke"] = "Revoked an API key",
        ["v1.api-key.rotate"] = "Replaced an API key",
        ["v1.application.create"] = "Made an application",
        ["v1.application.delete"] = "Deleted an application",
        ["v1.application.patch"] = "Changed an application",
        ["v1.application.update"] = "Replaced an application's settings",
        ["v1.authentication.app-portal-access"] = "Opened the portal for an application",
        ["v1.authentication.expire-all"] = "Revoked all keys of an application",
        ["v1.authentication.logout"] = "Gave its own key up",
        ["v1.background-task.cancel"] = "Canceled a task",
        ["v1.channel.create"] = "Made a channel",
        ["v1.channel.delete"] = "Deleted a channel",
        ["v1.channel.patch"] = "Changed a channel",
        ["v1.channel.update"] = "Replaced a channel's settings",
        ["v1.dead-letter.arrived"] = "Said that a dead letter had arrived",
        ["v1.dead-letter.bulk-discard"] = "Discarded dead letters that fit a filter",
        ["v1.dead-letter.bulk-replay"] = "Replayed dead letters that fit a filter",
        ["v1.dead-letter.discard"] = "Discarded a dead letter",
        ["v1.dead-letter.replay"] = "Replayed a dead letter",
        ["v1.endpoint.bulk-replay"] = "Replayed messages to an endpoint",
        ["v1.endpoint.create"] = "Made an endpoint",
        ["v1.endpoint.delete"] = "Deleted an endpoint",
        ["v1.endpoint.get-secret"] = "Saw an endpoint's secret",
        ["v1.endpoint.patch"] = "Changed an endpoint",
        ["v1.endpoint.patch-headers"] = "Changed an endpoint's headers",
        ["v1.endpoint.pause"] = "Paused an endpoint",
        ["v1.endpoint.recover"] = "Recovered an endpoint",
        ["v1.endpoint.replay-missing"] = "Sent an endpoint what it never got",
        ["v1.endpoint.resume"] = "Resumed an endpoint",
        ["v1.endpoint.rotate-secret"] = "Rotated an endpoint's secret",
        ["v1.endpoint.send-example"] = "Sent an example to an endpoint",
        ["v1.endpoint.update"] = "Replaced an endpoint's settings",
        ["v1.endpoint.update-headers"] = "Replaced an endpoint's headers",
        ["v1.escalation-policy.create"] = "Made an escalation policy",
        ["v1.escalation-policy.delete"] = "Deleted an escalation policy",
        ["v1.escalation-policy.update"] = "Replaced an escalation policy",
        ["v1.event-type.create"] = "Made an event type",
        ["v1.event-type.delete"] = "Archived or removed an event type",
        ["v1.event-type.patch"] = "Changed an event type",
        ["v1.event-type.update"] = "Replaced an event type's settings",
        ["v1.incident.acknowledge"] = "Acknowledged an incident",
        ["v1.incident.assign"] = "Assigned an incident",
        ["v1.incident.comment"] = "Commented on an incident",
        ["v1.incident.resolve"] = "Resolved an incident",
        ["v1.incident.snooze"] = "Snoozed an incident",
        ["v1.message-attempt.expunge-content"] = "Removed an attempt's answer",
        ["v1.message-attempt.resend"] = "Resent a message",
        ["v1.message.expunge-content"] = "Removed a message's payload",
        ["v1.message.poller.consumer-poll"] = "Moved a named reader on",
        ["v1.message.poller.consumer-seek"] = "Put a named reader to a time",
        ["v1.operational-webhook.endpoint.create"] = "Made an operational webhook",
        ["v1.operational-webhook.endpoint.delete"] = "Deleted an operational webhook",
        ["v1.operational-webhook.endpoint.get-secret"] = "Saw an operational webhook's secret",
        ["v1.operational-webhook.endpoint.rotate-secret"] = "Rotated an operational webhook's secret",
        ["v1.operational-webhook.endpoint.update"] = "Replaced an operational webhook's settings",
        ["v1.operational-webhook.endpoint.update-headers"] = "Replaced an operational webhook's headers",
        ["operator.add"] = "Added an operator",
        ["operator.change-password"] = "Changed their password",
        ["operator.disable"] = "Disabled an operator",
        ["operator.disable-two-factor"] = "Switched their two-factor off",
        ["operator.enable"] = "Enabled an operator",
        ["operator.enable-two-factor"] = "Set their two-factor up",
        ["operator.end-sessions"] = "Ended an operator's sessions",
        ["operator.rename"] = "Changed their name",
        ["operator.reset-password"] = "Reset an operator's password",
        ["operator.reset-two-factor"] = "Reset an operator's two-factor",
        ["operator.set-role"] = "Changed an operator's role",
        ["v1.statistics.aggregate-app-stats"] = "Had usage counted",
    }.ToFrozenDictionary();

    /// <summary>Those that have words, by these, as a filter offers them.</summary>
    public static readonly IReadOnlyList<(string Word, string Text)> Choices =
        [.. Known.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Value, StringComparer.Ordinal)];

    /// <summary>Null for an operation without words of its own.</summary>
    public static string? Of(string operation) => Known.GetValueOrDefault(operation);
}
