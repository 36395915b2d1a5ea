using System.Text.Json;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.Ledger;

/// <summary>What a server that was just started says of its books, once it has booked and counted everything.</summary>
internal static class LedgerReading
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>Every hour of every endpoint must come out even; one that was settled before is not counted again.</summary>
    /// <param name="deliveries">How many there are by their rows.</param>
    /// <param name="since">Counts from before then say nothing about what happened until then.</param>
    public static async Task BalancesAsync(
        Api api, long deliveries, DateTimeOffset since, Func<string> output, CancellationToken cancellationToken)
    {
        List<JsonElement> entries = [];
        await Eventually.TrueAsync(
            async cancel =>
            {
                entries = await api.ListAsync("/ledger", cancel);
                return entries.TrueForAll(entry => IsCounted(entry, since)) && Sum(entries, "accepted") >= deliveries;
            },
            Within, LookEvery, () => $"{Sum(entries, "accepted")} of {deliveries} deliveries are booked. The server printed:\n{output()}",
            cancellationToken);

        Sum(entries, "accepted").ShouldBe(deliveries);
        entries.Where(entry => entry.GetProperty("residue").GetInt64() != 0).ShouldBeEmpty();
        var total = await api.GetAsync("/ledger/total", cancellationToken);
        total.GetProperty("residue").GetInt64().ShouldBe(0, total.ToString());
        total.GetProperty("notCountedYet").GetInt64().ShouldBe(0, total.ToString());
    }

    private static bool IsCounted(JsonElement entry, DateTimeOffset since) =>
        entry.GetProperty("settledAt").ValueKind != JsonValueKind.Null
        || (entry.GetProperty("countedAt") is { ValueKind: JsonValueKind.String } counted && counted.GetDateTimeOffset() >= since);

    private static long Sum(List<JsonElement> entries, string name) => entries.Sum(entry => entry.GetProperty(name).GetInt64());
}
