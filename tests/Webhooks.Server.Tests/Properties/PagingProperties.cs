using FsCheck;
using FsCheck.Xunit;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Properties;

/// <summary>
/// Every list that the API's description has, walked by pages of any length: forwards and backwards, it is the list that one page shows,
/// also while entries are added.
/// </summary>
public sealed class PagingProperties
{
    private const int Entries = 7;

    [Property(MaxTest = 6)]
    public async Task EveryList_PagesOfAnyLength_AreTheWholeListBothWays(PositiveInt size, bool adding)
    {
        await using var host = new ApiHost(); // Lists over all applications begin short each time.
        await host.InitializeAsync();
        var lists = await PagedLists.MakeAsync(host, Entries);
        var (limit, filled) = (1 + (size.Get % (Entries + 3)), 0);
        foreach (var path in await lists.PathsAsync())
            filled += await CheckAsync(host.Api, path, limit, adding ? lists.AddAsync : () => Task.CompletedTask) ? 1 : 0;
        filled.ShouldBeGreaterThanOrEqualTo(12);
    }

    /// <returns>Whether there was something to walk.</returns>
    private static async Task<bool> CheckAsync(ApiClient api, string path, int limit, Func<Task> add)
    {
        var all = EntriesOf((await api.GetAsync($"{path}limit=250")).Expect(200));

        var (forwards, last) = await WalkAsync(api, path, limit, null, page => page["iterator"], add);
        forwards.SelectMany(page => page).Where(all.Contains).ShouldBe(all, $"{path} by {limit}");
        forwards.SelectMany(page => page).ShouldBeUnique();

        var (backwards, _) = await WalkAsync(api, path, limit, last["prevIterator"], page => page["prevIterator"], add);
        var met = backwards.AsEnumerable().Reverse().SelectMany(page => page).Concat(forwards[^1]).ToList();
        met.Where(all.Contains).ShouldBe(all, $"{path} by {limit}, backwards");
        met.ShouldBeUnique();
        return all.Count >= Entries;
    }

    private static async Task<(List<List<string>> Pages, ApiAnswer Last)> WalkAsync(
        ApiClient api, string path, int limit, string? iterator, Func<ApiAnswer, string> next, Func<Task> add)
    {
        var pages = new List<List<string>>();
        while (true)
        {
            var page = (await api.GetAsync($"{path}limit={limit}{(iterator is null ? "" : $"&iterator={iterator}")}")).Expect(200);
            pages.Add(EntriesOf(page));
            if (page["done"] == "True")
                return (pages, page);

            pages[^1].Count.ShouldBe(limit, $"{path}: a page that is not the last is full");
            iterator = next(page);
            pages.Count.ShouldBeLessThan(250, $"{path}: no end");
            if (pages.Count == 2)
                await add();
        }
    }

    private static List<string> EntriesOf(ApiAnswer page) =>
        [.. page.Json.GetProperty("data").EnumerateArray()
            .Select(entry => (entry.TryGetProperty("id", out var id) ? id : entry.GetProperty("name")).GetString()!)];
}
