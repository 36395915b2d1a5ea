using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Channels;
using Webhooks.Core.Data;
using Webhooks.Core.Escalation;
using Webhooks.Core.Incidents;

namespace Webhooks.Data.SqlServer.Tests.Features;

/// <summary>What EF Core sends for what incidents and their escalation ask and write.</summary>
public sealed class IncidentQueriesTests : BoundQueries
{
    [Fact]
    public Task IncidentKeeper() => BindsFullAsync(
        services => services.GetRequiredService<IncidentKeeper>().RunAsync(Cancel), "UPDATE [d]", left: 20);

    [Fact]
    public Task IncidentClosing() => BindsFullAsync(
        services => services.GetRequiredService<IncidentClosing>().RunAsync(Cancel), "failing_since", left: 3);

    [Fact]
    public Task FailingWatch()
    {
        Unanswered.Add("[e].[filter]"); // a whole endpoint has lists in it, too
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
}
