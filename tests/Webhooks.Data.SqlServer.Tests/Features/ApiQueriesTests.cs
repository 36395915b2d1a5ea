using System.Text.Json;
using System.Text.RegularExpressions;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Channels;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Escalation;
using Webhooks.Core.Incidents;
using Webhooks.Core.Messages;
using Webhooks.Data.SqlServer.Tests.Recording;
using Webhooks.Server.Tests.OpenApi;

namespace Webhooks.Data.SqlServer.Tests.Features;

/// <summary>
/// What EF Core sends for the API. Walks its description, so that a new operation can't be forgotten; each is called with ids and with
/// uids, with every parameter and field, on a database that is empty and on one that has whatever is asked for.
/// </summary>
public sealed partial class ApiQueriesTests
{
    /// <summary>Operations that need nothing from the database.</summary>
    private static readonly HashSet<string> WithoutQueries = ["get /api/v1/health/ping", "post /api/v1/auth/logout"];

    public static readonly TheoryData<bool, bool> Databases = new() { { false, false }, { true, false }, { true, true } };

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task EveryOperation_OnAnyDatabase_SendsWhatBinds(bool hasRows, bool yes)
    {
        var server = new RecordingServer(_ => hasRows ? Enumerable.Repeat(new object?[][] { [new Any(yes)] }, 8).ToArray() : []);
        await using var host = await FeatureHost.StartAsync(server);
        var document = await host.DescribeAsync();

        // A database that has whatever is asked for has every key, too, and nothing more would be done.
        var key = hasRows ? null : "key";
        var silent = new List<string>();
        foreach (var operation in document.Operations.Values)
        {
            var before = server.Sent.Count(IsItsOwn);
            foreach (var (path, body) in Requests(operation, document))
                (await host.SendAsync(new HttpMethod(operation.Method.ToUpperInvariant()), path, body, key)).Dispose();
            if (server.Sent.Count(IsItsOwn) == before)
                silent.Add(operation.Name);
        }

        silent.ShouldBe(WithoutQueries, ignoreOrder: true);
        server.ShouldBind();
        server.Sent.ShouldNotContain(command => command.Text.Contains("MERGE", StringComparison.Ordinal));
    }

    // Not what every write begins with.
    private static bool IsItsOwn(SentCommand command) =>
        command.Text != WriteLockSql.Enter && !command.Text.Contains("FROM [idempotency_records]", StringComparison.Ordinal);

    private static IEnumerable<(string Path, string? Body)> Requests(ApiOperation operation, OpenApiDescription document)
    {
        var paths = new[] { Fill(operation.Path, "uid"), FillWithIds(operation.Path) };
        var bodies = new[] { document.SmallestBody(operation), WholeBody(operation, document) }.Distinct();
        var queries = Queries(operation);
        return from path in paths from query in queries from body in bodies select (path + query, body);
    }

    // None, each by itself, all of them.
    private static List<string> Queries(ApiOperation operation)
    {
        var parameters = operation.Json.TryGetProperty("parameters", out var described)
            ? described.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "query").Select(Query).OfType<string>().ToList()
            : [];
        return ["", .. parameters.Select(parameter => $"?{parameter}"), $"?{string.Join('&', parameters)}"];
    }

    private static string? Query(JsonElement parameter) => parameter.TryGetProperty("example", out var example)
        ? $"{parameter.GetProperty("name").GetString()}={Uri.EscapeDataString(example.ToString())}"
        : null;

    private static string? WholeBody(ApiOperation operation, OpenApiDescription document)
    {
        if (operation.Body is not { } body)
            return null;

        var fields = document.Resolve(body).GetProperty("properties").EnumerateObject()
            .Where(property => property.Value.TryGetProperty("example", out _))
            .Select(property => $"\"{property.Name}\":{property.Value.GetProperty("example").GetRawText()}");
        return $"{{{string.Join(',', fields)}}}";
    }

    private static string FillWithIds(string path) => Slot().Replace(path, slot => slot.Groups[1].Value switch
    {
        "app_id" => $"{new ApplicationId(7)}",
        "endpoint_id" => $"{new EndpointId(7)}",
        "msg_id" => $"{new MessageId(7)}",
        "attempt_id" => $"{new AttemptId(7)}",
        "key_id" => $"{new ApiKeyId(7)}",
        "dlv_id" => $"{new DeliveryId(7)}",
        "task_id" => $"{new BackgroundTaskId(7)}",
        "incident_id" => $"{new IncidentId(7)}",
        "channel_id" => $"{new ChannelId(7)}",
        "policy_id" => $"{new EscalationPolicyId(7)}",
        _ => "name",
    });

    private static string Fill(string path, string name) => Slot().Replace(path, name);

    [GeneratedRegex("{(.*?)}")]
    private static partial Regex Slot();
}
