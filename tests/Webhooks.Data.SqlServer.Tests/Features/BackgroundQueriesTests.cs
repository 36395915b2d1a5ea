using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.BackgroundTasks.Replays;
using Webhooks.Core.BackgroundTasks.Usage;
using Webhooks.Core.Channels;
using Webhooks.Core.Channels.Sending;
using Webhooks.Core.Data;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.DeadLetters.Bulk;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Escalation;
using Webhooks.Core.Http.Idempotency;
using Webhooks.Core.Incidents;
using Webhooks.Core.Lanes;
using Webhooks.Core.Ledger;
using Webhooks.Core.Messages;
using Webhooks.Core.Nodes;
using Webhooks.Core.Notifications;
using Webhooks.Core.Notifications.Acknowledgement;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Core.Retention;
using Webhooks.Core.Security.KeyRing;
using Webhooks.Core.Telemetry;
using Webhooks.Data.SqlServer.Tests.Recording;

namespace Webhooks.Data.SqlServer.Tests.Features;

/// <summary>What EF Core sends for what runs without a request.</summary>
public sealed partial class BackgroundQueriesTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private object?[][] _row = [[new Any(true)]];

    // Loops work until nothing is left: after some statements there is nothing.
    private readonly RecordingServer _server;
    private FeatureHost _host = null!;
    private int _left = 20;
    private string? _withoutRows;

    // Any row has "{}" wherever there is a text, which is no list of steps.
    private readonly List<string> _unanswered = ["FROM [escalation_policies]"];

    // A row for each statement of a batch.
    public BackgroundQueriesTests() =>
        _server = new(command => IsWithoutRows(command) || _left-- <= 0 ? [] : [.. Enumerable.Repeat(_row, 8)]);

    private bool IsWithoutRows(SentCommand command) =>
        _unanswered.Exists(part => command.Text.Contains(part, StringComparison.Ordinal))
        || (_withoutRows is { } mark && command.Text.Contains(mark, StringComparison.Ordinal));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task EndpointCleanup() =>
        BindsAsync(services => ActivatorUtilities.CreateInstance<EndpointCleanup>(services).RunAsync(Cancel), "DELETE");

    [Fact]
    public Task IdempotencyCleanup() =>
        BindsAsync(services => ActivatorUtilities.CreateInstance<IdempotencyCleanup>(services).RunAsync(Cancel), "DELETE");

    [Fact]
    public Task LeaseSweep() => BindsAsync(
        services => Core.Deliveries.LeaseSweep.Lost(services.GetRequiredService<WebhooksDbContext>(), Now).ToListAsync(Cancel),
        "leased_until");

    [Fact]
    public Task ApiKeyUsage() => BindsAsync(
        services =>
        {
            var usage = services.GetRequiredService<ApiKeyUsage>();
            usage.Note(new ApiKeyId(7), Now);
            return usage.WriteAsync(Cancel);
        },
        "last_used_at");

    [Fact]
    public Task ApiKeyStore() => BindsAsync(services => services.GetRequiredService<ApiKeyStore>().HasLiveKeyAsync(Cancel), "EXISTS");

    [Fact]
    public Task Resend() => BindsAsync(
        async services =>
        {
            await services.GetRequiredService<Resend>()
                .AddAllAsync([new MessageId(7), new MessageId(8)], new EndpointId(7), "key_7", Cancel);
            await services.GetRequiredService<WebhooksDbContext>().SaveChangesAsync(Cancel);
        },
        "INSERT INTO [deliveries]");

    [Fact]
    public Task LaneSwitch() => BindsAsync(
        async services =>
        {
            var lanes = services.GetRequiredService<LaneSwitch>();
            await lanes.HoldAllAsync(new ApplicationId(7), Cancel);
            await lanes.ResumeAsync(new EndpointId(7), Cancel);
            await lanes.RetuneAsync(new EndpointId(7), 3, Cancel);
            await lanes.PaceAsync(new EndpointId(7), 3, Cancel);
        },
        "CASE");

    [Fact]
    public Task LaneArrival() => BindsAsync(
        services => services.GetRequiredService<WebhooksDbContext>().ArriveAsync(new EndpointId(7), 2, Now, Cancel), "last_sequence");

    [Fact]
    public Task OperationalRelay()
    {
        _left = 0; // any row would be published to an application that is not there
        return BindsAsync(
            services => ActivatorUtilities.CreateInstance<OperationalRelay>(services).RunAsync(Cancel), "operational_events");
    }

    [Fact]
    public Task BulkReplay()
    {
        _row = [[new Any(true, IsFull: true)]];
        return BindsAsync(services => ReplayAsync(services, BackgroundTaskKind.BulkReplay), "status_code");
    }

    [Fact]
    public Task ReplayMissing() => BindsAsync(services => ReplayAsync(services, BackgroundTaskKind.ReplayMissing), "filter");

    [Fact]
    public Task DeadLetterReplay()
    {
        _row = [[new Any(false, IsFull: true)]]; // its endpoint is neither disabled nor paused, so it is sent again
        return BindsAsync(
            services => services.GetRequiredService<DeadLetterReplayStep>().RunAsync(
                TaskOf(BackgroundTaskKind.DeadLetterReplay, Letters, new DeadLetterReplayProgress { DryRun = false }), Cancel),
            "[replay_delivery_id] = (");
    }

    [Fact]
    public Task DeadLetterDiscard() => BindsAsync(
        services => services.GetRequiredService<DeadLetterDiscardStep>().RunAsync(
            TaskOf(BackgroundTaskKind.DeadLetterDiscard, Letters, new DeadLetterDiscardProgress { DryRun = false }), Cancel),
        "UPDATE");

    private static readonly DeadLetterTaskParameters Letters = new()
    {
        Filter = new DeadLetterFilter
        {
            ApplicationId = new ApplicationId(7), EndpointId = new EndpointId(7), IncidentId = new IncidentId(7),
            Status = DeadLetterStatus.Undecided,
        },
        DryRun = false, By = "key_7", Note = "Booked by hand.",
    };

    [Fact]
    public Task Usage() => BindsAsync(
        services => services.GetRequiredService<UsageStep>().RunAsync(
            TaskOf(BackgroundTaskKind.ApplicationUsage, new UsageParameters(Now.AddDays(-1), Now, null), new UsageProgress([])), Cancel),
        "DISTINCT");

    [Fact]
    public Task BackgroundTaskRunner() => BindsAsync(
        services => services.GetRequiredService<BackgroundTaskRunner>().RunAsync(new BackgroundTaskId(7), Cancel), "UPDATE");

    [Fact]
    public Task BackgroundTaskCleanup() => BindsAsync(
        services => ActivatorUtilities.CreateInstance<BackgroundTaskCleanup>(services).RunAsync(Cancel), "DELETE");

    [Fact]
    public Task LedgerBooking()
    {
        _left = 3;
        return BindsAsync(services => services.GetRequiredService<LedgerBooking>().RunAsync(Cancel), "booked_sequence");
    }

    [Fact]
    public Task LedgerQueries() => BindsFullAsync(
        async services =>
        {
            var db = services.GetRequiredService<WebhooksDbContext>();
            var entry = new LedgerHour
            {
                Id = new LedgerHourId(7), Hour = Now, ApplicationId = new ApplicationId(7), EndpointId = new EndpointId(7), FirstSequence = 0,
                LastSequence = 7,
            };
            await Core.Ledger.LedgerQueries.States(db, entry).ToListAsync(Cancel);
            await Core.Ledger.LedgerQueries.Duplicates(db, entry).LongCountAsync(Cancel);
            await Core.Ledger.LedgerQueries.Filtered(db, Now).ToListAsync(Cancel);
            await LedgerTotals.Of(db.Unbalanced()).ToListAsync(Cancel);
            await LedgerDigest.Given(db, Now).ToListAsync(Cancel);
            await LedgerDigest.Settled(db, Now).ToListAsync(Cancel);
        },
        "settled_at", left: 20);

    [Fact]
    public Task LedgerCount() =>
        BindsFullAsync(services => services.GetRequiredService<LedgerCount>().RunAsync(Cancel), "UPDATE", left: 20);

    [Fact]
    public Task PayloadRetention() => RetentionBindsAsync<PayloadRetention>(needed: "DISTINCT", "DELETE FROM [m]", (r, c) => r.RunAsync(c));

    [Fact]
    public Task AttemptRetention() => RetentionBindsAsync<AttemptRetention>(needed: "[state]", "DELETE FROM [a]", (r, c) => r.RunAsync(c));

    [Fact]
    public async Task MessageRetention()
    {
        await RetentionBindsAsync<MessageRetention>(needed: "UNION", "FROM [messages] AS [m]", (r, c) => r.RunAsync(c));

        Deleted().ShouldBe(["attempts", "message_payloads", "dead_letters", "deliveries", "messages"]);
    }

    [Fact]
    public async Task EndpointRetention()
    {
        await RetentionBindsAsync<EndpointRetention>(needed: null, "DELETE", (r, c) => r.RunAsync(c));

        Deleted().ShouldBe(["endpoint_secrets", "poll_consumers", "endpoints"]);
    }

    [Fact]
    public async Task ApplicationRetention()
    {
        await RetentionBindsAsync<ApplicationRetention>(needed: null, "DELETE", (r, c) => r.RunAsync(c));

        Deleted().ShouldBe(["api_keys", "applications"]);
    }

    [Fact]
    public Task Backlog()
    {
        _row = [[new Any(true, IsFull: true)]];
        return BindsAsync(
            services => BacklogSampler.SampleAsync(services.GetRequiredService<WebhooksDbContext>(), new LaneCensus(), Now, Cancel),
            "lanes");
    }

    [Fact]
    public Task TaskTakeover() => BindsAsync(
        services => ActivatorUtilities.CreateInstance<TaskTakeover>(services).TakeAsync(Cancel), "UPDATE");

    [Fact]
    public Task NodeHeartbeat() => BindsAsync(
        async services =>
        {
            using var heartbeat = ActivatorUtilities.CreateInstance<NodeHeartbeat>(services, new NodeSelf(NodeRoles.All, "1.0.0"));
            await heartbeat.StartAsync(Cancel);
            await heartbeat.StopAsync(Cancel);
        },
        "UPDATE");

    [Fact]
    public Task NodeSweep() => BindsAsync(
        services =>
        {
            _left = 3; // there is a dead node, it is read, and it has no leases any more
            var leases = ActivatorUtilities.CreateInstance<LeaseSweep>(services);
            return ActivatorUtilities.CreateInstance<NodeSweep>(services, leases).RunAsync(Cancel);
        },
        "leased_until");

    [Fact]
    public Task NodeCleanup() =>
        BindsAsync(services => ActivatorUtilities.CreateInstance<NodeCleanup>(services).RunAsync(Cancel), "DELETE");

    [Fact]
    public Task KeyTable() => BindsAsync(
        services =>
        {
            _left = 0; // any row would have to be a key
            var table = ActivatorUtilities.CreateInstance<KeyTable>(services);
            table.GetAllElements().ShouldBeEmpty();
            table.StoreElement(new XElement("key"), "key-1");
            return Task.CompletedTask;
        },
        "INSERT");

    [Fact]
    public Task IncidentKeeper() => BindsFullAsync(
        services => services.GetRequiredService<IncidentKeeper>().RunAsync(Cancel), "UPDATE [d]", left: 20);

    [Fact]
    public Task IncidentClosing() => BindsFullAsync(
        services => services.GetRequiredService<IncidentClosing>().RunAsync(Cancel), "failing_since", left: 3);

    [Fact]
    public Task FailingWatch()
    {
        _unanswered.Add("[e].[filter]"); // a whole endpoint has lists in it, too
        return BindsFullAsync(services => services.GetRequiredService<FailingWatch>().RunAsync(Cancel), "failing_since", left: 20);
    }

    [Fact]
    public Task DisabledWatch() => BindsFullAsync(
        services => services.GetRequiredService<DisabledWatch>().RunAsync(Cancel), "disabled_reason", left: 20);

    [Fact]
    public Task BacklogWatch() => BindsFullAsync(
        services => services.GetRequiredService<BacklogWatch>().RunAsync(Cancel), "incidents", left: 20);

    [Fact]
    public Task Escalator() => BindsFullAsync(
        services => services.GetRequiredService<Escalator>().RunAsync(Cancel), "escalates_at", left: 20);

    [Fact]
    public Task IncidentDesk() => BindsFullAsync(
        async services =>
        {
            var (db, desk) = (services.GetRequiredService<WebhooksDbContext>(), services.GetRequiredService<IncidentDesk>());
            var report = IncidentReport.OfService(IncidentKind.Ledger, "No balance.") with { Update = "Worse.", IsWorse = true };
            var incident = await desk.ReportAsync(report, Cancel);
            await desk.AcknowledgeAsync(incident, "Ada", Cancel);
            await desk.ReportAsync(report, Cancel);
            await desk.ResolveAsync(incident, "Ada", null, Cancel);
            await db.SaveChangesAsync(Cancel);
        },
        "[incident_events]", left: 0);

    [Fact]
    public Task EscalationPoliciesInUse() => BindsFullAsync(
        services => services.GetRequiredService<WebhooksDbContext>().EscalationPolicies.UsingAsync(new ChannelId(7), Cancel),
        "escalation_policies", left: 0);

    [Fact]
    public Task NotificationClaims()
    {
        (_row, _left) = ([[new Any(false, IsFull: true)]], 20); // nobody else has it in hand
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

    // Rows in which nothing is null.
    private Task BindsFullAsync(Func<IServiceProvider, Task> work, string mark, int left)
    {
        (_row, _left) = ([[new Any(true, IsFull: true)]], left);
        return BindsAsync(work, mark);
    }

    // A dry run, because the endpoint may be disabled.
    private static Task<TaskStep> ReplayAsync(IServiceProvider services, BackgroundTaskKind kind)
    {
        var asked = new ReplayParameters
        {
            Since = Now.AddDays(-1), Until = Now, DryRun = true, EventTypes = ["invoice.paid"], Channel = "orders", StatusCodeClass = 500,
        };
        var task = TaskOf(kind, asked, new ReplayProgress { DryRun = true });
        return services.GetRequiredService<ReplayStep>().RunAsync(task, Cancel);
    }

    private static BackgroundTask TaskOf(BackgroundTaskKind kind, object parameters, object progress) => new()
    {
        Id = new BackgroundTaskId(7), Kind = kind, State = BackgroundTaskState.Running, ApplicationId = new ApplicationId(7),
        EndpointId = new EndpointId(7), Parameters = TaskJson.Write(parameters), Progress = TaskJson.Write(progress),
        CreatedAt = Now, UpdatedAt = Now,
    };

    /// <param name="needed">What marks the question for rows that must stay: it is answered that there are none.</param>
    private Task RetentionBindsAsync<T>(string? needed, string mark, Func<T, CancellationToken, Task> run) where T : notnull
    {
        (_withoutRows, _row) = (needed, [[new Any(false, IsFull: true)]]);
        return BindsAsync(services => run(services.GetRequiredService<T>(), Cancel), mark);
    }

    /// <summary>The tables that rows were deleted from, in their order.</summary>
    private IEnumerable<string> Deleted() =>
        from command in _server.Sent
        where command.Text.Contains("DELETE", StringComparison.Ordinal)
        select DeletedFrom().Match(command.Text).Groups[1].Value;

    [GeneratedRegex(@"FROM \[(\w{2,})\]")]
    private static partial Regex DeletedFrom();

    private async Task BindsAsync(Func<IServiceProvider, Task> work, string mark)
    {
        await using var scope = _host.Services.CreateAsyncScope();

        await work(scope.ServiceProvider);

        _server.Sent.ShouldContain(command => command.Text.Contains(mark, StringComparison.Ordinal));
        _server.ShouldBind();
    }

    public async ValueTask InitializeAsync() => _host = await FeatureHost.StartAsync(_server);

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
