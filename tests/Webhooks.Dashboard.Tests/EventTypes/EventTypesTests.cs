using System.Net;
using Microsoft.Playwright;
using Webhooks.Dashboard.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Webhooks.Dashboard.Tests.EventTypes;

public sealed class EventTypesTests(DashboardSite site) : IClassFixture<DashboardSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NewEventType_SchemaThatIsNone_SaysSoAtItsField()
    {
        var page = await site.SignedInAsync();

        await page.OpenAsync("/event-types");
        await page.PressAsync("New event type", AriaRole.Link);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("invoice.paid");
        await page.GetByLabel("Description").FillAsync("An invoice was paid in full.");
        await page.GetByLabel("Schemas by version, as JSON").FillAsync("""{"1": {"type": "nothing"}}""");
        await page.PressAsync("Create event type");
        await Expect(page.GetByText("Is not a JSON Schema")).ToBeVisibleAsync();
        await page.GetByLabel("Schemas by version, as JSON").FillAsync(
            """{"1": {"type": "object", "examples": [{"invoiceId": "in_4711"}]}}""");
        await page.PressAsync("Create event type");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("invoice.paid");
        await Expect(page.GetByText("\"invoiceId\": \"in_4711\"").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Archive_EventType_IsInTheListOfArchivedOnesOnly()
    {
        await site.Api.PostAsync("/event-type", new { name = "order.old", description = "No more" }, HttpStatusCode.Created, Cancel);
        var page = await site.SignedInAsync();

        await page.OpenAsync("/event-types/order.old");
        await page.PressAsync("Archive");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Archive" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Bring back" })).ToBeVisibleAsync();

        await page.OpenAsync("/event-types?q=order.old&state=archived");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "order.old" })).ToBeVisibleAsync();
        await page.OpenAsync("/event-types?q=order.old");
        await Expect(page.GetByText("None fits these filters.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Edit_FeatureFlagAndDescription_AreShown()
    {
        await site.Api.PostAsync("/event-type", new { name = "order.new", description = "Old words" }, HttpStatusCode.Created, Cancel);
        var page = await site.SignedInAsync();

        await page.OpenAsync("/event-types/order.new?tab=edit");
        await page.GetByLabel("Description").FillAsync("An order came in.");
        await page.GetByLabel("Feature flag").FillAsync("beta");
        await page.PressAsync("Save");
        await Expect(page.GetByText("only with the feature flag beta")).ToBeVisibleAsync();
        await page.PressAsync("About", AriaRole.Link);

        await Expect(page.GetByText("An order came in.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Page_MarkupInDescriptionAndSchema_ShowsItAsText()
    {
        const string Markup = "<img src=x onerror=window.broken=1>";
        var schema = new { type = "object", description = Markup, examples = new[] { new { text = Markup } } };
        var schemas = new Dictionary<string, object> { ["1"] = schema };
        await site.Api.PostAsync(
            "/event-type", new { name = "with.markup", description = Markup, schemas }, HttpStatusCode.Created, Cancel);
        var page = await site.SignedInAsync();

        foreach (var path in new[] { "/event-types", "/event-types/with.markup", "/event-types/with.markup?tab=edit" })
        {
            await page.OpenAsync(path);
            await Expect(page.GetByText("onerror=window.broken").Or(page.GetByLabel("Description")).First).ToBeVisibleAsync();
            (await page.Locator("img[src=x]").CountAsync()).ShouldBe(0, path);
            (await page.EvaluateAsync<bool>("() => 'broken' in window")).ShouldBeFalse(path);
        }
    }
}
