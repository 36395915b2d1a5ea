using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Http;

public sealed class ScopesTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public void Operations_All_NameWhoMayCallThem()
    {
        var operations = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api/v1/", StringComparison.Ordinal));

        foreach (var operation in operations)
        {
            var isOpen = operation.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            var policies = operation.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy);
            (isOpen || policies.Count(p => p is not null) == 1).ShouldBeTrue(operation.DisplayName);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("whk_wrong")]
    [InlineData("bootstrap-key-of-the-tests-012345678")]
    public async Task Call_WithoutALiveKey_IsNotAuthenticated(string? key)
    {
        var answer = (await host.As(key).GetAsync("/app")).Expect(401);

        answer.Text.ShouldStartWith("{\"code\":\"authentication_failed\",\"detail\":\"");
    }

    [Fact]
    public async Task ApplicationKey_ItsOwnApplication_IsOpenToIt()
    {
        var app = await host.ApplicationAsync();
        var message = await host.MessageAsync(app);
        var portal = await host.KeyAsync("application", app);

        (await portal.GetAsync($"/app/{app}")).Expect(200);
        var endpoint = (await portal.PostAsync($"/app/{app}/endpoint", """{"url":"https://example.com"}""")).Expect(201).Id;
        (await portal.GetAsync($"/app/{app}/endpoint/{endpoint}/secret")).Expect(200);
        (await portal.GetAsync($"/app/{app}/msg/{message}")).Expect(200);
        (await portal.GetAsync($"/app/{app}/attempt/endpoint/{endpoint}")).Expect(200);
        (await portal.GetAsync("/event-type")).Expect(200);
    }

    [Fact]
    public async Task ApplicationKey_AnotherApplication_IsNotFound()
    {
        var (own, other) = (await host.ApplicationAsync(), await host.ApplicationAsync("scopes-other"));
        var (endpoint, message) = (await host.EndpointAsync(other), await host.MessageAsync(other));
        var portal = await host.KeyAsync("application", own);

        foreach (var path in new[] { "", "/endpoint", $"/endpoint/{endpoint}", $"/endpoint/{endpoint}/secret", "/msg", $"/msg/{message}", $"/attempt/msg/{message}", $"/attempt/endpoint/{endpoint}" })
        {
            (await portal.GetAsync($"/app/{other}{path}")).Expect(404);
            (await portal.GetAsync($"/app/scopes-other{path}")).Expect(404);
        }

        (await portal.PostAsync($"/app/{other}/endpoint", """{"url":"https://example.com"}""")).Expect(404);
        (await portal.PutAsync($"/app/{other}/endpoint/{endpoint}", """{"url":"https://example.com"}""")).Expect(404);
        (await portal.DeleteAsync($"/app/{other}/endpoint/{endpoint}")).Expect(404);
        (await portal.GetAsync($"/app/{own}/endpoint/{endpoint}")).Expect(404);
        (await portal.GetAsync($"/app/{own}/msg/{message}")).Expect(404);
    }

    [Fact]
    public async Task ApplicationKey_FullAccessOperations_AreForbidden()
    {
        var app = await host.ApplicationAsync();
        var portal = await host.KeyAsync("application", app);

        (await portal.GetAsync("/app")).Expect(403)["code"].ShouldBe("permission_denied");
        (await portal.PostAsync("/app", """{"name":"x"}""")).Expect(403);
        (await portal.DeleteAsync($"/app/{app}")).Expect(403);
        (await portal.PostAsync($"/app/{app}/msg", """{"eventType":"a","payload":{}}""")).Expect(403);
        (await portal.PostAsync("/event-type", """{"name":"x","description":""}""")).Expect(403);
        (await portal.GetAsync("/api-key")).Expect(403);
        (await portal.PostAsync("/api-key", """{"name":"x","scope":"full"}""")).Expect(403);
    }

    [Fact]
    public async Task PublishKey_Publishes_AndNothingElse()
    {
        var app = await host.ApplicationAsync();
        var publisher = await host.KeyAsync("publish");

        (await publisher.PostAsync($"/app/{app}/msg", """{"eventType":"a","payload":{}}""")).Expect(202);
        (await publisher.GetAsync($"/app/{app}/msg")).Expect(403);
        (await publisher.GetAsync($"/app/{app}")).Expect(403);
        (await publisher.GetAsync("/api-key")).Expect(403);
    }

    [Fact]
    public async Task Key_Expired_IsRefusedFromThatInstant()
    {
        var until = host.Clock.GetUtcNow().AddMinutes(10).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
        var made = (await host.Api.PostAsync("/api-key", $$"""{"name":"k","scope":"full","expiresAt":"{{until}}"}""")).Expect(201);
        (await host.As(made["key"]).GetAsync("/app")).Expect(200);

        host.Clock.Advance(TimeSpan.FromMinutes(10));

        (await host.As(made["key"]).GetAsync("/app")).Expect(401);
    }

    [Fact]
    public async Task Key_Used_IsNotedToTheMinute()
    {
        var made = (await host.Api.PostAsync("/api-key", """{"name":"noted","scope":"full"}""")).Expect(201);
        (await host.As(made["key"]).GetAsync("/app")).Expect(200);
        var usedAt = host.Clock.GetUtcNow();

        await host.Services.GetRequiredService<Webhooks.Core.ApiKeys.ApiKeyUsage>().WriteAsync(TestContext.Current.CancellationToken);

        var listed = (await host.Api.GetAsync("/api-key?limit=250")).Json.GetProperty("data").EnumerateArray().Single(k => k.GetProperty("id").GetString() == made.Id);
        listed.GetProperty("lastUsedAt").GetDateTimeOffset().ShouldBe(usedAt);
    }
}
