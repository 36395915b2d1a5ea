using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Data;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Messages;
using Webhooks.Core.Retention;
using Webhooks.Data.SqlServer.Tests.Recording;

namespace Webhooks.Data.SqlServer.Tests.Features;

/// <summary>What EF Core sends for what retention asks and removes.</summary>
public sealed partial class RetentionQueriesTests : BoundQueries
{
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
    public async Task IncidentRetention()
    {
        await RetentionBindsAsync<IncidentRetention>(needed: "EXISTS", "DELETE", (r, c) => r.RunAsync(c));

        Deleted().ShouldBe(["incident_events", "notifications", "incidents"]);
    }

    [Fact]
    public Task LedgerRetention() => BindsFullAsync(
        services => Core.Retention.LedgerRetention.Old(services.GetRequiredService<WebhooksDbContext>(), Now).ToListAsync(Cancel),
        "[settled_at]", left: 20);

    /// <param name="needed">What marks the question for rows that must stay: it is answered that there are none.</param>
    private Task RetentionBindsAsync<T>(string? needed, string mark, Func<T, CancellationToken, Task> run) where T : notnull
    {
        Row = [[new Any(false, IsFull: true)]];
        if (needed is not null)
            Unanswered.Add(needed);
        return BindsAsync(services => run(services.GetRequiredService<T>(), Cancel), mark);
    }

    /// <summary>The tables that rows were deleted from, in their order.</summary>
    private IEnumerable<string> Deleted() =>
        from command in Server.Sent
        where command.Text.Contains("DELETE", StringComparison.Ordinal)
        select DeletedFrom().Match(command.Text).Groups[1].Value;

    [GeneratedRegex(@"FROM \[(\w{2,})\]")]
    private static partial Regex DeletedFrom();
}
