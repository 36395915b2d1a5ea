using Webhooks.Core.BackgroundTasks.Replays;
using Webhooks.Core.BackgroundTasks.Usage;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.DeadLetters.Bulk;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Http.Parameters;
using Webhooks.Core.Ledger;
using Webhooks.Core.Messages;
using Webhooks.Core.Retention;
using Webhooks.Core.UnknownOutcomes;

namespace Webhooks.Data.ComplianceTests.Sqlite;

/// <summary>What people and tasks ask is found by an index, however much history there is.</summary>
public sealed class SqliteFeaturePlanTests : SqlitePlans
{
    private static readonly MessageId[] Some = [new(1), new(2)];

    private static readonly ReplayRange Range = new(new EndpointId(1), new MessageId(1), new MessageId(2));

    [Fact]
    public async Task Replay_AnyHistory_WalksTheEndpointsMessagesInOrderWithoutSorting()
    {
        var plan = await PlanAsync(db => SentMessages.Newest(db, Range));

        plan[0].ShouldBe("SEARCH d USING INDEX IX_deliveries_endpoint_id_message_id (endpoint_id=? AND message_id>? AND message_id<?)");
        plan.ShouldNotContain(step => step.Contains("TEMP B-TREE"));
        plan.ShouldAllBe(step => !step.StartsWith("SCAN", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Resend_AnyNumberHeld_LooksUpThoseOfItsMessages()
    {
        var plan = await PlanAsync(db => Resend.Held(db, [new MessageId(1), new MessageId(2)], new EndpointId(1)));

        plan[0].ShouldContain("(message_id=? AND endpoint_id=?)");
    }

    [Fact]
    public async Task Resend_AnyNumberOfDeadLetters_LooksUpThoseOfItsMessages()
    {
        var plan = await PlanAsync(db => db.DeadLetters.Undecided().Of([new MessageId(1), new MessageId(2)], new EndpointId(1)));

        plan[0].ShouldContain("(message_id=? AND endpoint_id=?)");
    }

    [Theory]
    [InlineData((int)DeadLetterStatus.Undecided)]
    [InlineData((int)DeadLetterStatus.Open)]
    [InlineData((int)DeadLetterStatus.Acknowledged)]
    public async Task DeadLetters_AnyHistory_WalkTheIndexOfTheUndecidedInOrder(int status)
    {
        var filter = new DeadLetterFilter { Status = (DeadLetterStatus)status };

        var walk = await PlanAsync(db => DeadLetterPages.Looked(db, filter, new DeliveryId(1)));
        var list = await PlanAsync(db => db.DeadLetters.InScope(filter).OrderByDescending(l => l.DeliveryId).Take(50));

        walk.ShouldBe(["SEARCH d USING INDEX ix_dead_letters_undecided (delivery_id>?)"]);
        list.ShouldBe(["SCAN d USING INDEX ix_dead_letters_undecided"]);
    }

    [Fact]
    public async Task DeadLetters_OfAnApplicationOrAnEndpoint_AreWalkedByTheirKeysInOrder()
    {
        var all = new DeadLetterFilter { EndpointId = new EndpointId(1) };

        (await PlanAsync(db => DeadLetterPages.Looked(db, all, new DeliveryId(1))))
            .ShouldBe(["SEARCH d USING INDEX IX_dead_letters_endpoint_id_delivery_id (endpoint_id=? AND delivery_id>?)"]);
        (await PlanAsync(db => DeadLetterPages.Looked(db, new() { ApplicationId = new ApplicationId(1) }, new DeliveryId(1))))
            .ShouldBe(["SEARCH d USING INDEX IX_dead_letters_application_id_delivery_id (application_id=? AND delivery_id>?)"]);
    }

    [Fact]
    public async Task ReplayMissing_AnyHistory_WalksTheApplicationsMessagesInOrderWithoutSorting()
    {
        (await PlanAsync(db => MissingMessages.Accepted(db, new ApplicationId(1), Range)))
            .ShouldBe(["SEARCH m USING INDEX IX_messages_application_id_id (application_id=? AND id>? AND id<?)"]);
    }

    [Fact]
    public async Task ReplayHistory_AnyHistory_LooksUpTheAttemptsOfTheMessages()
    {
        var plan = await PlanAsync(db => ReplayHistory.Attempts(db, [new MessageId(1), new MessageId(2)]));

        plan[0].ShouldBe("SEARCH a USING INDEX IX_attempts_message_id_id (message_id=?)");
    }

    [Fact]
    public async Task Usage_AnyHistory_LooksUpTheDeliveriesOfTheMessages()
    {
        var plan = await PlanAsync(db => UsageStep.Destinations(db, new ApplicationId(1), new MessageId(1), new MessageId(2)));

        plan.ShouldContain(step => step.Contains("IX_messages_application_id_id (application_id=? AND id>? AND id<?)"));
        plan.ShouldContain(step => step.Contains("(message_id=?)"));
        plan.ShouldNotContain(step => step.StartsWith("SCAN m", StringComparison.Ordinal));
        plan.ShouldNotContain(step => step.StartsWith("SCAN d", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Retention_AnyHistory_GoesOnFromItsPlace()
    {
        (await PlanAsync(db => PayloadRetention.Expired(db, ExpiredPayload.First, DateTimeOffset.UnixEpoch)))
            .ShouldBe(["SEARCH m USING INDEX IX_message_payloads_expires_at_message_id (expires_at>? AND expires_at<?)"]);
        (await PlanAsync(db => AttemptRetention.Old(db, default, DateTimeOffset.UnixEpoch)))
            .ShouldBe(["SEARCH a USING INDEX sqlite_autoindex_attempts_1 (id>? AND id<?)"]);
        (await PlanAsync(db => OldMessages.After(db, default, DateTimeOffset.UnixEpoch)))
            .ShouldBe(["SEARCH m USING INDEX sqlite_autoindex_messages_1 (id>? AND id<?)"]);
    }

    [Fact]
    public async Task RetentionOfSomeMessages_AnyHistory_LooksUpTheirRows()
    {
        List<string>[] plans =
        [
            await PlanAsync(db => OldMessages.Unfinished(db, Some)),
            await PlanAsync(db => OldMessages.Needed(db, Some, new RetentionLimits(default, default, default))),
            await PlanAsync(db => OldMessages.Attempts(db, Some)),
            await PlanAsync(db => OldMessages.Payloads(db, Some)),
            await PlanAsync(db => OldMessages.Deliveries(db, Some)),
            await PlanAsync(db => AttemptRetention.Keeping(db, [new DeliveryId(1), new DeliveryId(2)], default)),
        ];

        plans.ShouldAllBe(plan => plan.Exists(step => step.Contains("(message_id=?") || step.Contains("(id=?")));
        plans.ShouldAllBe(plan => !plan.Exists(step => step.StartsWith("SCAN", StringComparison.Ordinal) && step.Contains(" USING ")));
    }

    [Fact]
    public async Task RetentionOfWhatWasDeleted_AnyHistory_WalksDeletedOnesAndLooksIntoTheirIndexes()
    {
        var endpoints = await PlanAsync(
            db => EndpointRetention.Deleted(db, new DeletedEndpoint(default, default, true), DateTimeOffset.UnixEpoch));
        var applications = await PlanAsync(
            db => ApplicationRetention.Deleted(db, new DeletedApplication(default, default, true), DateTimeOffset.UnixEpoch));

        endpoints[0].ShouldBe("SEARCH e USING COVERING INDEX IX_endpoints_deleted_at_id (deleted_at>? AND deleted_at<?)");
        endpoints.ShouldContain(step => step.Contains("IX_deliveries_endpoint_id_message_id (endpoint_id=?)"));
        endpoints.ShouldContain(step => step.Contains("IX_attempts_endpoint_id_id (endpoint_id=?)"));
        applications[0].ShouldBe("SEARCH a USING COVERING INDEX IX_applications_deleted_at_id (deleted_at>? AND deleted_at<?)");
        applications.ShouldContain(step => step.Contains("IX_messages_application_id_id (application_id=?)"));
    }

    [Fact]
    public async Task UnknownOutcomes_MuchHistory_WalkTheirPartialIndexesOnly()
    {
        var filter = new UnknownOutcomeFilter
        {
            EndpointId = null, EventTypes = null, FollowedBy = null, Range = new TimeRange { Before = null, After = null },
        };
        EndpointId[] endpoints = [new EndpointId(1)];

        var all = await PlanAsync(db => Newest(db.UnknownOutcomes(filter, null, null)).ToOut(db));
        var held = await PlanAsync(db =>
            Newest(db.UnknownOutcomes(filter with { FollowedBy = UnknownOutcomeFollowUp.Held }, null, null)).ToOut(db));
        var ofEndpoint = await PlanAsync(db => Newest(db.UnknownOutcomes(filter, null, endpoints)).ToOut(db));
        var ofApplication = await PlanAsync(db => Newest(db.UnknownOutcomes(filter, new ApplicationId(1), null)).ToOut(db));

        ofEndpoint.ShouldContain(step => step.Contains("ix_attempts_unknown_endpoint (endpoint_id=?"));
        foreach (var plan in new[] { all, held, ofEndpoint, ofApplication })
        {
            plan.ShouldContain(step => step.Contains("ix_attempts_unknown"));
            plan.ShouldContain(step => step.Contains("ix_attempts_unknown_delivery (delivery_id=?"));
            plan.ShouldNotContain(step => step.StartsWith("SCAN ", StringComparison.Ordinal) && !step.Contains("ix_attempts_unknown"));
        }

        all.ShouldNotContain(step => step.Contains("TEMP B-TREE"));
    }

    [Fact]
    public async Task Ledger_AnyHistory_WalksARangeOfOneIndex()
    {
        var entry = new LedgerHour
        {
            Id = new LedgerHourId(1), Hour = DateTimeOffset.UnixEpoch, ApplicationId = new ApplicationId(1), EndpointId = new EndpointId(1),
            FirstSequence = 0, LastSequence = 7,
        };

        (await PlanAsync(db => LedgerQueries.After(db, entry.Id, 500)))
            .ShouldBe(["SEARCH l USING INDEX sqlite_autoindex_ledger_hours_1 (id>?)"]);
        (await PlanAsync(db => db.Unbalanced().OrderBy(h => h.CountedAt))).ShouldBe(["SCAN l USING INDEX ix_ledger_hours_unbalanced"]);
        (await PlanAsync(db => LedgerQueries.Due(db, 500))).ShouldContain("SCAN l USING INDEX ix_ledger_hours_unsettled");
        (await PlanAsync(db => LedgerQueries.States(db, entry)))[0].ShouldContain("(endpoint_id=? AND sequence>? AND sequence<?)");
        (await PlanAsync(db => LedgerSealNotes.Newest(db).Take(1)))
            .ShouldBe(["SEARCH a USING INDEX IX_audit_entries_operation_id (operation=?)"]);
    }

    private static IQueryable<UnknownOutcome> Newest(IQueryable<UnknownOutcome> outcomes) =>
        outcomes.OrderByDescending(o => o.Attempt.Id).Take(51);
}
