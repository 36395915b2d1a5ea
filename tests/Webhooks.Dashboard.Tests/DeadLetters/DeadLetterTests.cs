using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Deliveries;
using Webhooks.Dashboard.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Webhooks.Dashboard.Tests.DeadLetters;

[Collection(Failures.Name)]
public sealed class DeadLetterTests(FailuresSite site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replay_ByKeyboard_OfAFailingEndpointsLetter_IsSeenToSucceed()
    {
        await using var failing = await FailingEndpoint.StartAsync(site, letters: 1);
        var page = await site.SignedInAsync();

        await page.OpenAsync($"/dead-letters?app={failing.App}");
        await page.GetByRole(AriaRole.Link, new() { Name = failing.Endpoint.Url.ToString() }).ClickAsync();
        var letter = page.GetByRole(AriaRole.Link, new() { Name = "invoice.paid" });
        await Expect(letter).ToBeVisibleAsync();
        await PressAsync(page, "j");
        await Expect(letter).ToBeFocusedAsync();
        failing.Heal();
        await PressAsync(page, "r");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("The subscriber has none of it yet");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "1 dead letter sent again." })).ToBeAttachedAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No such dead letter" })).ToBeVisibleAsync();
        await page.OpenAsync($"/dead-letters/{(await failing.LettersAsync("replayed", 1)).Single()}");
        await Expect(page.Locator("main")).ToContainTextAsync("Delivered");
        await Expect(page.Locator("main")).ToContainTextAsync("by admin");
    }

    [Fact]
    public async Task Replay_OfWhatMayHaveArrived_SaysSoBeforeItIsDone()
    {
        await using var failing = await FailingEndpoint.StartAsync(site, letters: 1);
        var letter = (await failing.LettersAsync("open", 1)).Single();
        await LastOutcomeWasUnknownAsync(letter);
        var page = await site.SignedInAsync();

        await page.OpenAsync($"/dead-letters/{letter}");
        await Expect(page.Locator("main")).ToContainTextAsync("May have arrived");
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync();

        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("replaying it may be a duplicate");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await failing.LettersAsync("open", 1);
    }

    [Fact]
    public async Task Discard_WithAReason_IsKeptAsTextWithTheLetterAndInTheAuditLog()
    {
        await using var failing = await FailingEndpoint.StartAsync(site, letters: 1, name: $"Acme {Scripts.Image}");
        var letter = (await failing.LettersAsync("open", 1)).Single();
        var page = await site.SignedInAsync();

        await page.OpenAsync($"/dead-letters/{letter}");
        await PressAsync(page, "d");
        var dialog = page.GetByRole(AriaRole.Dialog);
        var discard = dialog.GetByRole(AriaRole.Button, new() { Name = "Discard" });
        await Expect(discard).ToBeDisabledAsync();
        await Expect(dialog.GetByLabel("Reason")).ToBeFocusedAsync();
        await Expect(dialog.GetByText("Required")).ToHaveCountAsync(0);
        await page.Keyboard.TypeAsync($"Booked by hand {Scripts.Image}");
        await discard.ClickAsync();

        await Expect(page.Locator("main")).ToContainTextAsync($"Booked by hand {Scripts.Image}");
        await Expect(page.Locator("main")).ToContainTextAsync($"Acme {Scripts.Image}");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Replay" })).ToHaveCountAsync(0);
        await page.ShouldHoldNoScriptAsync();
        await page.OpenAsync($"/audit-log?who=admin&operation=v1.dead-letter.discard&app={failing.App}");
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "Discarded a dead letter" })).ToBeVisibleAsync();
        await page.Locator($"a[href='/dead-letters/{letter}']").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("invoice.paid");
    }

    [Fact]
    public async Task Select_ByKeysAndByPage_TellsHowManyAndDecidesAboutThose()
    {
        await using var failing = await FailingEndpoint.StartAsync(site, letters: 3);
        var page = await site.SignedInAsync();
        await page.OpenAsync($"/dead-letters?view=list&app={failing.App}");
        var selected = page.GetByRole(AriaRole.Toolbar, new() { Name = "Decide" });

        await PressAsync(page, "j");
        await PressAsync(page, "x");
        await PressAsync(page, "j");
        await PressAsync(page, "j");
        await PressAsync(page, "k");
        await PressAsync(page, "x");
        await Expect(selected).ToContainTextAsync("2 selected");
        await page.GetByLabel("Select all on this page").CheckAsync();
        await Expect(selected).ToContainTextAsync("3 selected");
        await page.GetByLabel(new Regex("^Select invoice.paid")).First.UncheckAsync();
        await Expect(selected).ToContainTextAsync("2 selected");
        await PressAsync(page, "d");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("Discard 2 dead letters");
        await dialog.GetByLabel("Reason").FillAsync("Not wanted any more");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();

        await failing.LettersAsync("discarded", 2);
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "2 dead letters discarded." })).ToBeAttachedAsync();
        await Expect(page.GetByLabel(new Regex("^Select invoice.paid"))).ToHaveCountAsync(1);
        await PressAsync(page, "?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("next letter, letter before");
    }

    [Fact]
    public async Task Enter_OnTheLetterThatHasTheFocus_OpensIt()
    {
        await using var failing = await FailingEndpoint.StartAsync(site, letters: 1);
        var page = await site.SignedInAsync();
        await page.OpenAsync($"/dead-letters?view=list&app={failing.App}");

        await PressAsync(page, "j");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "invoice.paid" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForURLAsync($"**/dead-letters/{(await failing.LettersAsync("open", 1)).Single()}");
    }

    [Fact]
    public async Task ReplayAll_ThatFitTheFilter_CountsFirstAndBecomesATask()
    {
        await using var failing = await FailingEndpoint.StartAsync(site, letters: 3);
        failing.Heal();
        var page = await site.SignedInAsync();

        await page.OpenAsync($"/dead-letters?view=list&app={failing.App}&since=banana");
        await Expect(page.GetByText("“banana” is none of these.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "All that fit the filter" })).ToHaveCountAsync(0);
        await page.OpenAsync($"/dead-letters?view=list&app={failing.App}");
        await page.GetByRole(AriaRole.Button, new() { Name = "All that fit the filter" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Replay all …" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("Messages to send3");
        await Expect(dialog).ToContainTextAsync("Of these may be duplicates0");
        await failing.LettersAsync("open", 3);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Replay 3 dead letters" }).ClickAsync();

        await page.WaitForURLAsync("**/tasks/qtask_*");
        await Expect(page.Locator("main")).ToContainTextAsync("Finished");
        await Expect(page.Locator("main")).ToContainTextAsync("3Messages sent");
        await failing.LettersAsync("replayed", 3);
    }

    [Fact]
    public async Task Pages_ForAViewer_ShowLettersAndNoButtons()
    {
        await using var failing = await FailingEndpoint.StartAsync(site, letters: 1);
        await site.AddViewerAsync(Cancel);
        var page = await site.SignedInAsync(People.Viewer);

        await page.OpenAsync($"/dead-letters/{(await failing.LettersAsync("open", 1)).Single()}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Before you decide" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Replay" })).ToHaveCountAsync(0);
        await page.OpenAsync($"/dead-letters?view=list&app={failing.App}");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "invoice.paid" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Discard" })).ToHaveCountAsync(0);
    }

    // A key that is pressed before the page listens is lost.
    private static async Task PressAsync(IPage page, string key)
    {
        await page.Locator("[data-keys]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Keyboard.PressAsync(key);
    }

    /// <summary>As if no answer had come.</summary>
    private async Task LastOutcomeWasUnknownAsync(string letter)
    {
        IdText.TryParse<DeliveryId>(letter, out var id).ShouldBeTrue();
        await using var connection = new SqliteConnection($"Data Source={site.Home.DatabaseFile}");
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE deliveries SET last_outcome = $unknown WHERE id = $id";
        command.Parameters.AddWithValue("$unknown", (int)AttemptOutcome.Unknown);
        command.Parameters.AddWithValue("$id", id.ToBytes());
        (await command.ExecuteNonQueryAsync(Cancel)).ShouldBe(1);
    }
}
