using System.Reflection;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Ledger;
using Webhooks.Data.SqlServer.Tests.Binding;
using Webhooks.Data.SqlServer.Tests.Recording;
using Webhooks.Server.Dashboard.Acting;
using Webhooks.Server.Dashboard.Attempts;
using Webhooks.Server.Dashboard.DeadLetters;
using Webhooks.Server.Dashboard.Endpoints;
using Webhooks.Server.Dashboard.Incidents;
using Webhooks.Server.Dashboard.Shell;

namespace Webhooks.Data.SqlServer.Tests.Features;

/// <summary>
/// What EF Core sends for the dashboard. Walks its pages, so that a new one can't be forgotten; each is shown on a database that is empty,
/// and with every filter of its address on one that has whatever is asked for.
/// </summary>
public sealed class DashboardQueriesTests
{
    /// <summary>What stands around every page, and what comes up on a page when somebody presses something.</summary>
    private static readonly Dictionary<Type, Dictionary<string, object>> Parts = new()
    {
        [typeof(Banner)] = [],
        [typeof(NavMenu)] = [],
        [typeof(AssignDialog)] = [],
        [typeof(AttemptDetails)] = new() { ["AttemptId"] = $"{new AttemptId(7)}" },
        [typeof(BulkDecision)] = new()
        {
            ["Decision"] = LetterDecision.All[0], ["Query"] = new LetterQuery(null, null, null, null, null, null, null),
        },
        [typeof(TaskProgress)] = new() { ["Id"] = $"{new BackgroundTaskId(7)}", ["Label"] = "Replay" },
    };

    /// <summary>Of texts that are JSON, what the columns have that are more than an empty object.</summary>
    private static readonly Dictionary<string, string> Texts = new()
    {
        ["steps"] = "[]", ["event_types"] = "[]", ["channels"] = "[]", ["retry_schedule"] = "[]",
        ["statement"] = new LedgerStatement
        {
            Day = "2026-01-01", Entries = 1, Accepted = 1, Filtered = 1, EntriesDigest = "", Settled = 1, SettledCounts = new(),
            SettledDigest = "",
        }.ToJson(),
        ["progress"] = """{"dryRun":false}""",
        ["parameters"] = """{"since":"2026-01-01T00:00:00Z","until":"2026-01-02T00:00:00Z","dryRun":false}""",
    };

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task EveryPage_OnAnyDatabase_SendsWhatBinds(bool hasRows)
    {
        var server = new RecordingServer(command => hasRows || IsQuestion(command) ? Rows(command, hasRows) : []);
        var pages = new PageRenderer();
        await using var host = await FeatureHost.StartAsync(server, pages.AddTo);

        foreach (var (component, address, slots) in PageAddresses.All.Where(page => hasRows || page.Address.EndsWith('?')))
            await PageRenderer.RenderAsync(host.Services, component, address, slots);
        foreach (var (component, parameters) in Parts)
            await PageRenderer.RenderAsync(host.Services, component, "/", parameters);

        pages.Faults.ShouldBeEmpty();
        if (hasRows)
            Readers.Except(pages.Rendered).ShouldBeEmpty();
        server.ShouldBind();
    }

    /// <summary>The components that read.</summary>
    private static IEnumerable<Type> Readers => typeof(DashboardReads).Assembly.GetTypes().Where(type => type
        .GetProperties(BindingFlags.Instance | BindingFlags.NonPublic).Any(property => property.PropertyType == typeof(DashboardReads)));

    // How many there are, and whether there are any: that has an answer on every database.
    private static bool IsQuestion(SentCommand command) =>
        command.Text.StartsWith("SELECT COUNT", StringComparison.Ordinal)
        || command.Text.StartsWith("SELECT CASE", StringComparison.Ordinal);

    // A row for each statement of a batch.
    private static object?[][][] Rows(SentCommand command, bool answer)
    {
        var columns = Sql.Columns(command.Text);
        var row = new Any(answer, IsFull: true)
        {
            Texts = column => Texts.GetValueOrDefault(columns.ElementAtOrDefault(column) ?? "", "{}"),
        };
        return [.. Enumerable.Repeat<object?[][]>([[row]], 8)];
    }
}
