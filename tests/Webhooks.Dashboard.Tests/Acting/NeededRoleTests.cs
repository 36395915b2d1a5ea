using Webhooks.Core.Operators;
using Webhooks.Dashboard.Tests.Hosting;
using Webhooks.Server.Dashboard.Acting;

namespace Webhooks.Dashboard.Tests.Acting;

/// <summary>Which role each operation of the API takes in the dashboard. A new one fails here until somebody has decided.</summary>
public sealed class NeededRoleTests(DashboardInProcess server) : IClassFixture<DashboardInProcess>
{
    private static readonly string[] Administrators =
    [
        "v1.api-key.create", "v1.api-key.revoke", "v1.api-key.rotate", "v1.application.create", "v1.application.delete", "v1.application.patch",
        "v1.application.update", "v1.authentication.expire-all", "v1.authentication.logout", "v1.channel.create", "v1.channel.delete", "v1.channel.patch",
        "v1.channel.test", "v1.channel.update", "v1.escalation-policy.create", "v1.escalation-policy.delete", "v1.escalation-policy.update",
        "v1.event-type.delete", "v1.operational-webhook.endpoint.create", "v1.operational-webhook.endpoint.delete",
        "v1.operational-webhook.endpoint.rotate-secret", "v1.operational-webhook.endpoint.update", "v1.operational-webhook.endpoint.update-headers",
    ];

    private static readonly string[] Operators =
    [
        "v1.authentication.app-portal-access", "v1.background-task.cancel", "v1.dead-letter.arrived", "v1.dead-letter.bulk-discard", "v1.dead-letter.bulk-replay",
        "v1.dead-letter.discard", "v1.dead-letter.replay", "v1.endpoint.bulk-replay", "v1.endpoint.create", "v1.endpoint.delete", "v1.endpoint.patch",
        "v1.endpoint.patch-headers", "v1.endpoint.pause", "v1.endpoint.recover", "v1.endpoint.replay-missing", "v1.endpoint.resume",
        "v1.endpoint.rotate-secret", "v1.endpoint.send-example", "v1.endpoint.update", "v1.endpoint.update-headers", "v1.event-type.create",
        "v1.event-type.patch", "v1.event-type.update", "v1.incident.acknowledge", "v1.incident.assign", "v1.incident.comment", "v1.incident.resolve",
        "v1.incident.snooze", "v1.message-attempt.expunge-content", "v1.message-attempt.resend", "v1.message.create", "v1.message.create-batch",
        "v1.message.expunge-content", "v1.message.poller.consumer-seek",
    ];

    /// <summary>They are sent with POST, and change nothing.</summary>
    private static readonly string[] Viewers = ["v1.endpoint.test-filter", "v1.message.precheck", "v1.statistics.aggregate-app-stats"];

    [Fact]
    public void Of_EveryWriteOfTheApi_IsDecidedHere()
    {
        var writes = server.Operations.Where(operation => operation.Value != "GET").Select(operation => operation.Key);

        writes.Order(StringComparer.Ordinal).ShouldBe(Administrators.Concat(Operators).Concat(Viewers).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Of_WhatChangesSomething_TakesTheRoleThatIsDecided()
    {
        Administrators.Where(operation => NeededRole.Of(operation) != OperatorRole.Administrator).ShouldBeEmpty();
        Operators.Where(operation => NeededRole.Of(operation) != OperatorRole.Operator).ShouldBeEmpty();
        Viewers.Where(operation => NeededRole.Of(operation) != OperatorRole.Viewer).ShouldBeEmpty();
    }

    [Fact]
    public void Of_Reads_AreForAllButThoseOfSecrets()
    {
        var reads = server.Operations.Where(operation => operation.Value == "GET").Select(operation => operation.Key);

        reads.Where(operation => NeededRole.Of(operation) > OperatorRole.Viewer).Order(StringComparer.Ordinal)
            .ShouldBe(["v1.endpoint.get-secret", "v1.message.poller.consumer-poll", "v1.message.poller.poll", "v1.operational-webhook.endpoint.get-secret"]);
    }
}
