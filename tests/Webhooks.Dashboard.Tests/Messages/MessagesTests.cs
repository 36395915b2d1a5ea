using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using Webhooks.Dashboard.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Webhooks.Dashboard.Tests.Messages;

public sealed class MessagesTests(DashboardSite site) : IClassFixture<DashboardSite>
{
    private const string Script = "<img src=x onerror=document.title='owned'>";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Message_Failing_IsFoundReadSentAgainAndDelivered()
    {
        await using var receiver = await Receiver.StartAsync(Receiver.With(500, "the till is closed"), Cancel);
        var shop = await Published.CreateAsync(site.Api, "shop", receiver.Url, Cancel);
        var message = await shop.SendAsync("order.placed", new { order = 4711 }, Cancel);
        await shop.AttemptedAsync(message, 1, Cancel);
        var page = await site.SignedInAsync();

        await page.OpenAsync("/messages?status=failing&app=shop");
        await page.GetByRole(AriaRole.Link, new() { Name = "order.placed" }).ClickAsync();
        await Expect(page.GetByText("Refused with 500").First).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Body of the answer").First).ToHaveTextAsync("the till is closed");
        await Expect(page.GetByText("The endpoint answered 500.").First).ToBeVisibleAsync();
        receiver.Answer = Receiver.With(200, "thank you");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Send again to {receiver.Url}" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Destinations" }).GetByText("Delivered")).ToBeVisibleAsync();
        await Expect(page.GetByText("Delivered, answered 200").First).ToBeVisibleAsync();
        await Expect(page.GetByText("sent again by a person").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Attempt_Opened_ShowsItsRequestAndIsInTheAddress()
    {
        await using var receiver = await Receiver.StartAsync(Receiver.With(204), Cancel);
        var shop = await Published.CreateAsync(site.Api, "bakery", receiver.Url, Cancel);
        const string OwnHeaders = """{"headers": {"x-tenant": "acme", "authorization": "Bearer of the bakery"}}""";
        await site.Api.SendAsync(
            HttpMethod.Put, $"/app/{shop.Application}/endpoint/{shop.Endpoint}/headers", OwnHeaders, null, TimeSpan.FromSeconds(30), Cancel);
        var message = await shop.SendAsync("bread.baked", new { loaves = 12 }, Cancel);
        await shop.AttemptedAsync(message, 1, Cancel);
        var page = await site.SignedInAsync();

        await page.OpenAsync($"/messages/{message}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delivered, answered 204" }).ClickAsync();
        await page.GetByText("Request headers").ClickAsync();

        await Expect(page.Locator(".sent-headers")).ToContainTextAsync(message);
        foreach (var (name, value) in receiver.LastHeaders!.Where(header => header.Key is not ("host" or "traceparent" or "authorization")))
            await Expect(page.Locator($".sent-headers dt:text-is('{name}') + dd code")).ToHaveTextAsync(value);
        await Expect(page.Locator(".sent-headers dt:text-is('authorization') + dd")).ToHaveTextAsync("hidden: a credential");
        await Expect(page.Locator(".sent-headers dt:text-is('traceparent') + dd"))
            .ToContainTextAsync(receiver.LastHeaders!["traceparent"].Split('-')[1]);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.PressAsync("Copy as curl");
        await Expect(page.GetByText("Copied.")).ToBeVisibleAsync();
        var command = await page.EvaluateAsync<string>("navigator.clipboard.readText()");
        command.ShouldContain($"--header 'webhook-signature: {receiver.LastHeaders!["webhook-signature"]}'");
        command.ShouldContain("# Left out: authorization (hidden: a credential).");
        command.ShouldNotContain("of the bakery");
        await Expect(page.GetByText("first byte after")).ToBeVisibleAsync();
        page.Url.ShouldContain("attempt=atmpt_");
        await page.ReloadAsync();
        await Expect(page.GetByText("first byte after")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Messages_LiveTail_NewOnesAppearAtTheTopWithoutReload()
    {
        await using var receiver = await Receiver.StartAsync(Receiver.With(200), Cancel);
        var radio = await Published.CreateAsync(site.Api, "radio", receiver.Url, Cancel);
        await radio.SendAsync("song.first", new { }, Cancel);
        var page = await site.SignedInAsync();
        await page.OpenAsync("/messages?app=radio");

        await page.GetByLabel("Live tail").CheckAsync();
        await Expect(page).ToHaveURLAsync(new Uri(site.Address, "/messages?app=radio&tail=on").ToString());
        var firstLink = page.Locator("tbody tr").First.GetByRole(AriaRole.Link);
        await Expect(firstLink).ToHaveTextAsync("song.first");
        await radio.SendAsync("song.second", new { }, Cancel);
        await Expect(firstLink).ToHaveTextAsync("song.second");
        await radio.SendAsync("song.third", new { }, Cancel);
        await Expect(firstLink).ToHaveTextAsync("song.third");

        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task Messages_Search_FindsByEventIdAndByTextOfThePayload()
    {
        await using var receiver = await Receiver.StartAsync(Receiver.With(200), Cancel);
        var library = await Published.CreateAsync(site.Api, "library", receiver.Url, Cancel);
        await library.SendAsync("book.lent", new { title = "The Magic Mountain" }, Cancel, "loan-77");
        await library.SendAsync("book.returned", new { title = "Nana" }, Cancel, "loan-78");
        var page = await site.SignedInAsync();
        var links = page.GetByRole(AriaRole.Table, new() { Name = "Messages" }).GetByRole(AriaRole.Link);

        await page.OpenAsync("/");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("loan-77");
        await page.Keyboard.PressAsync("Enter");
        await Expect(links).ToHaveTextAsync(["book.lent"]);
        await Expect(page.GetByText("Found by its id.")).ToBeVisibleAsync();
        await page.OpenAsync("/messages?app=library&q=magic+mountain");
        await Expect(links).ToHaveTextAsync(["book.lent"]);
        await page.OpenAsync("/messages?app=library&q=buddenbrooks");

        await Expect(page.GetByText("No message fits these filters.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Messages_EndpointThatIsNotThere_SaysSo()
    {
        var page = await site.SignedInAsync();

        await page.OpenAsync("/messages?endpoint=nowhere");

        await Expect(page.GetByText("There is no endpoint with the id or uid “nowhere”.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Message_PayloadExpunged_SaysWhoDid()
    {
        await using var receiver = await Receiver.StartAsync(Receiver.With(200), Cancel);
        var clinic = await Published.CreateAsync(site.Api, "clinic", receiver.Url, Cancel);
        var message = await clinic.SendAsync("patient.admitted", new { name = "Joachim" }, Cancel);
        await clinic.AttemptedAsync(message, 1, Cancel);
        using var expunged = await site.Api.SendAsync(
            HttpMethod.Delete, $"/app/clinic/msg/{message}/content", null, null, TimeSpan.FromSeconds(30), Cancel);
        expunged.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var page = await site.SignedInAsync();

        await page.OpenAsync($"/messages/{message}");

        await Expect(page.GetByText("it was removed for good")).ToBeVisibleAsync();
        await Expect(page.GetByText("Joachim")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Message_DownloadedPayload_HasItsExactBytes()
    {
        await using var receiver = await Receiver.StartAsync(Receiver.With(200), Cancel);
        var mint = await Published.CreateAsync(site.Api, "mint", receiver.Url, Cancel);
        const string Payload = """{ "amount":1.10,   "big":123456789012345678901234567890, "note":"caf\u00e9 ☕" }""";
        using var accepted = await site.Api.SendAsync(
            HttpMethod.Post, $"/app/{mint.Application}/msg", $$"""{"eventType":"coin.struck","payload":{{Payload}}}""", null,
            TimeSpan.FromSeconds(30), Cancel);
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var page = await site.SignedInAsync();

        await page.OpenAsync("/messages?app=mint");
        await page.GetByRole(AriaRole.Link, new() { Name = "coin.struck" }).ClickAsync();
        await Expect(page.GetByLabel("Text of the payload")).ToContainTextAsync("123456789012345678901234567890");
        var download = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Download the payload" }).ClickAsync());

        (await File.ReadAllTextAsync(await download.PathAsync(), Cancel)).ShouldBe(Payload);
    }

    [Fact]
    public async Task Message_MarkupInEverythingThatUsersSay_IsShownAsText()
    {
        await using var receiver = await Receiver.StartAsync(Hostile, Cancel);
        await site.Api.PostAsync("/event-type", new { name = "evil.done", description = $"type {Script}" }, HttpStatusCode.Created, Cancel);
        var evil = await Published.CreateAsync(site.Api, "evil", receiver.Url, Cancel, $"application {Script}", $"endpoint {Script}");
        var message = await evil.SendAsync("evil.done", new { text = $"payload {Script}" }, Cancel);
        await evil.AttemptedAsync(message, 1, Cancel);
        var page = await site.SignedInAsync();

        await page.OpenAsync("/messages?app=evil");
        await Expect(page.GetByText($"application {Script}")).ToBeVisibleAsync();
        await page.OpenAsync($"/messages/{message}");
        await Expect(page.GetByLabel("Body of the answer")).ToHaveTextAsync($"body {Script}");
        await Expect(page.GetByLabel("Headers of the answer")).ToContainTextAsync($"x-said: {Script}");
        await Expect(page.GetByText($"type {Script}")).ToBeVisibleAsync();
        await Expect(page.GetByText($"endpoint {Script}")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Text of the payload")).ToContainTextAsync($"payload {Script}");

        await Expect(page.Locator("img[src=x]")).ToHaveCountAsync(0);
        (await page.TitleAsync()).ShouldBe("evil.done · Webhooks");
        await page.ShouldBeAccessibleAsync();
    }

    private static Task Hostile(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status400BadRequest;
        response.Headers["x-said"] = Script;
        return response.WriteAsync($"body {Script}");
    }
}
