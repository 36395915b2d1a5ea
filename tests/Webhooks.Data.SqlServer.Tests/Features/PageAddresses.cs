using System.Reflection;
using Microsoft.AspNetCore.Components;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Audit;
using Webhooks.Core.BackgroundTasks;
using Webhooks.Core.Channels;
using Webhooks.Core.DeadLetters;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Escalation;
using Webhooks.Core.Incidents;
using Webhooks.Core.Ledger;
using Webhooks.Core.Messages;
using Webhooks.Core.Operators;
using Webhooks.Server.Dashboard.DeadLetters;
using Webhooks.Server.Dashboard.Endpoints;
using Webhooks.Server.Dashboard.Messages;
using Webhooks.Server.Dashboard.Shell;

namespace Webhooks.Data.SqlServer.Tests.Features;

/// <summary>A page, and with what it is shown.</summary>
/// <param name="Component">Its class.</param>
/// <param name="Address">Path and query.</param>
/// <param name="Slots">What the path has in its slots.</param>
internal sealed record PageAddress(Type Component, string Address, Dictionary<string, object> Slots);

/// <summary>
/// The addresses of all pages of the dashboard: with no filter, with each word of each filter alone, and with that and all other filters.
/// </summary>
internal static class PageAddresses
{
    private const BindingFlags Properties = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private const string Type = "invoice.paid", Day = "2026-01-01";

    private static readonly Dictionary<string, string> Ids = new()
    {
        ["/applications"] = $"{new ApplicationId(7)}", ["/endpoints"] = $"{new EndpointId(7)}", ["/messages"] = $"{new MessageId(7)}",
        ["/dead-letters"] = $"{new DeliveryId(7)}", ["/incidents"] = $"{new IncidentId(7)}", ["/tasks"] = $"{new BackgroundTaskId(7)}",
        ["/settings/channels"] = $"{new ChannelId(7)}", ["/settings/escalation"] = $"{new EscalationPolicyId(7)}", ["/event-types"] = Type,
        ["/ledger"] = $"{new LedgerHourId(7)}", ["/settings/api-keys"] = $"{new ApiKeyId(7)}", ["/audit-log"] = $"{new AuditEntryId(7)}",
        ["/settings/operators"] = $"{new OperatorId(7)}",
    };

    /// <summary>What each filter can say; a page passes over the words of others.</summary>
    private static readonly Dictionary<string, string[]> Words = new()
    {
        ["App"] = [Ids["/applications"], "uid"], ["Application"] = [Ids["/applications"], "uid"], ["Endpoint"] = [Ids["/endpoints"], "uid"],
        ["Incident"] = [Ids["/incidents"]], ["Type"] = [Type], ["Q"] = ["text", Ids["/messages"], Ids["/applications"]],
        ["Text"] = ["text", Ids["/endpoints"]], ["Since"] = ["1d", Day], ["Until"] = [Day], ["Span"] = ["week"], ["Only"] = ["unbalanced"],
        ["By"] = ["application", "endpoint", "hour", "seals"], ["View"] = ["list"], ["Show"] = ["attempts"],
        ["Tab"] = ["settings", "secret", "recovery", "portal", "edit"],
        ["Cause"] = [.. DeadLetterWords.Causes.Select(cause => cause.Word)],
        ["Kind"] = [.. IncidentWords.Kinds.Select(kind => kind.Word), .. BackgroundTaskWords.Kinds.Select(kind => kind.Word)],
        ["Status"] = [.. MessageFilters.Standings.Select(standing => standing.Word), "running", "finished", "failed"],
        ["State"] =
        [
            .. LetterTexts.States.Select(state => state.Word), .. IncidentWords.States.Select(state => state.Word),
            .. EndpointListFilter.States.Select(state => state.Word), "archived",
        ],
        ["Who"] = ["Somebody", Ids["/settings/api-keys"]], ["Operation"] = ["v1.message.create"], ["Assignee"] = ["Somebody"],
        ["Of"] = ["applications", "all"], ["Tail"] = ["on"],
    };

    /// <summary>Those whose words are many: each alone will do.</summary>
    private static readonly string[] Many = ["Cause", "Kind", "Status", "State"];

    /// <summary>What decides nothing that is read.</summary>
    private static readonly string[] Told = ["Done", "Fault", "Why", "ReturnUrl"];

    public static IEnumerable<PageAddress> All => typeof(App).Assembly.GetTypes()
        .Where(type => type.Namespace?.StartsWith("Webhooks.Server.Dashboard", StringComparison.Ordinal) == true)
        .SelectMany(type => type.GetCustomAttributes<RouteAttribute>(), (page, route) => (page, route.Template))
        .SelectMany(pair => Of(pair.page, pair.Template));

    private static IEnumerable<PageAddress> Of(Type page, string template)
    {
        var slots = template.Split('/').Where(part => part.StartsWith('{')).ToDictionary(
            part => part.Trim('{', '}'), part => (object)Ids[template[..(template.IndexOf(part, StringComparison.Ordinal) - 1)]]);
        var path = slots.Aggregate(template, (text, slot) => text.Replace($"{{{slot.Key}}}", (string)slot.Value, StringComparison.Ordinal));
        return Queries(page, PlacesOf(template)).Select(query => new PageAddress(page, $"{path}?{string.Join('&', query)}", slots));
    }

    // Of a list, before and behind an entry; what a page shows beside one thing are messages and the like.
    private static string[] PlacesOf(string template) => template.Contains('{', StringComparison.Ordinal)
        ? [Ids["/messages"], Ids["/endpoints"]]
        : [.. Ids.Where(pair => pair.Key == template).Select(pair => pair.Value)];

    private static IEnumerable<IEnumerable<string>> Queries(Type page, string[] places)
    {
        var filters = page.GetProperties(Properties).Where(property => property.IsDefined(typeof(SupplyParameterFromQueryAttribute)))
            .Select(property => property.Name).Except(Told).ToList();
        var alone = filters.SelectMany(filter => Words[filter].Select(word => (filter, Text: $"{filter}={word}"))).ToList();
        return
        [
            [],
            .. alone.Select(one => new[] { one.Text }),
            .. alone.Where(one => !Many.Contains(one.filter)).Select(
                one => filters.Where(other => other != one.filter).Select(other => $"{other}={Words[other][0]}").Append(one.Text)),
            .. places.SelectMany(id => new[] { id, $"-{id}" }).Select(at => new[] { $"at={at}" }),
        ];
    }
}
