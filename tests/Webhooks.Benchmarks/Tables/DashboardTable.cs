using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Webhooks.Benchmarks.Load;
using Webhooks.Benchmarks.Processes;
using Webhooks.Benchmarks.Seeding;

namespace Webhooks.Benchmarks.Tables;

/// <summary>How long the dashboard's pages wait for what they read, beside 10 million attempts: a real browser opens them, the server tells.</summary>
internal static partial class DashboardTable
{
    private const int Attempts = 10_000_000;
    private const int Visits = 5;

    private static string Chromium => Environment.GetEnvironmentVariable("WEBHOOKS_BENCHMARK_CHROMIUM") ?? "/usr/bin/chromium";

    public static async Task RunAsync(Run run)
    {
        using var folder = new DataFolder();
        var attempts = await BusyWeek.MakeAsync(folder, run.Count(Attempts));
        Report.Raw($"{attempts} attempts, {new FileInfo(Path.Combine(folder.Path, "webhooks.db")).Length >> 20} MB");
        await using var server = await ServerProcess.StartDashboardAsync(folder.Path);
        var paths = await PathsAsync(server);

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu"] });
        var page = await SignedInAsync(browser, server);
        await VisitAsync(page, paths); // the first reads are compiled, and pages come from the disk
        var before = await ReadingsAsync(server);
        for (var visit = 0; visit < Visits; visit++)
            await VisitAsync(page, paths);

        var readings = await ReadingsAsync(server);
        Report.Table(
            $"Dashboard: {paths.Count} pages, {Visits} visits to each, {attempts:#,##0} attempts",
            ["part of a page", "reads", "mean (ms)", "95 of 100 within (ms)", "all within (ms, ≤ 200)"],
            readings.Keys.Order(StringComparer.Ordinal).Select(part => readings[part].Since(before.GetValueOrDefault(part))).Where(r => r.Count > 0)
                .Select(r => (IReadOnlyList<object>)[r.Part, r.Count, r.Mean, r.Within(0.95), r.Within(1)]));
    }

    private static async Task<IReadOnlyList<string>> PathsAsync(ServerProcess server)
    {
        var letter = await FirstAsync("dead-letter?state=open");
        var (application, endpoint) = (Word(letter, "applicationId"), Word(letter, "endpointId"));
        var (type, message) = (Word(letter, "eventType"), Word(letter, "msgId"));
        return
        [
            "/", "/?span=week", "/messages", $"/messages?app={application}", $"/messages?endpoint={endpoint}", $"/messages?type={type}",
            "/messages?status=failing", "/messages?status=dead", "/messages?status=delivered", "/messages?status=held", $"/messages?q={message}",
            "/messages?q=nobody-wrote-this", "/messages?tail=on", $"/messages/{message}",
            "/endpoints", "/endpoints?state=failing", $"/endpoints/{endpoint}", $"/endpoints/{endpoint}?show=attempts", $"/endpoints/{endpoint}?tab=recovery",
            "/dead-letters", "/dead-letters?view=list", $"/dead-letters?view=list&endpoint={endpoint}", $"/dead-letters?view=list&type={type}",
            $"/dead-letters/{Word(letter, "id")}", "/incidents?state=all", $"/incidents/{Word(await FirstAsync("incident"), "id")}",
            "/applications", $"/applications/{application}", "/event-types", "/tasks", "/ledger", "/ledger?by=hour", "/ledger?by=seals", "/audit-log",
        ];

        async Task<JsonElement> FirstAsync(string path) =>
            JsonDocument.Parse(await GetAsync(server, $"/api/v1/{path}")).RootElement.GetProperty("data")[0];
    }

    private static string Word(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    private static async Task<IPage> SignedInAsync(IBrowser browser, ServerProcess server)
    {
        var context = await browser.NewContextAsync(new() { BaseURL = server.Address.ToString() });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Name").FillAsync("admin");
        await page.GetByLabel("Password").FillAsync(ServerProcess.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(server.Address.ToString());
        return page;
    }

    // Each list's next page, too: it is found by the key where the first one ends.
    private static async Task VisitAsync(IPage page, IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
        {
            await page.GotoAsync(path);
            await SettleAsync(page);
            if (await page.Locator("nav.pages a[rel=next]").First.IsVisibleAsync())
            {
                await page.Locator("nav.pages a[rel=next]").First.ClickAsync();
                await SettleAsync(page);
            }
        }
    }

    private static async Task SettleAsync(IPage page)
    {
        try
        {
            await page.Locator("h1").First.WaitForAsync();
            await Assertions.Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException($"{page.Url} does not show what it has read:\n{await page.InnerTextAsync("body")}");
        }
    }

    private static async Task<string> GetAsync(ServerProcess server, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ServerProcess.ApiKey);
        using var response = await Http.Client.SendAsync(request, CancellationToken.None);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    private static async Task<IReadOnlyDictionary<string, Reading>> ReadingsAsync(ServerProcess server) =>
        Line().Matches(await GetAsync(server, "/metrics")).GroupBy(line => line.Groups["part"].Value).ToDictionary(of => of.Key, Reading.Of);

    [GeneratedRegex("""^webhooks_dashboard_read_duration_seconds_(?<what>bucket|sum|count)\{(?=[^}]*part="(?<part>\w+)")(?:[^}]*le="(?<le>[^"]+)")?[^}]*\} (?<value>\S+)""", RegexOptions.Multiline)]
    private static partial Regex Line();

    private sealed record Reading(string Part, double Sum, IReadOnlyDictionary<double, double> Buckets)
    {
        public double Count => Buckets.Values.DefaultIfEmpty().Max();

        public double Mean => 1_000 * Sum / Count;

        public static Reading Of(IGrouping<string, Match> lines) => new(
            lines.Key,
            lines.Where(line => line.Groups["what"].Value == "sum").Sum(line => Number(line.Groups["value"].Value)),
            lines.Where(line => line.Groups["le"].Success).ToDictionary(line => Number(line.Groups["le"].Value), line => Number(line.Groups["value"].Value)));

        public Reading Since(Reading? before) => before is null
            ? this
            : new(Part, Sum - before.Sum, Buckets.ToDictionary(b => b.Key, b => b.Value - before.Buckets.GetValueOrDefault(b.Key)));

        /// <summary>The bound, in milliseconds, under which that share of the reads stayed.</summary>
        public double Within(double share) => 1_000 * Buckets.Where(b => b.Value >= share * Count).Min(b => b.Key);

        private static double Number(string text) => text == "+Inf" ? double.PositiveInfinity : double.Parse(text, CultureInfo.InvariantCulture);
    }
}
