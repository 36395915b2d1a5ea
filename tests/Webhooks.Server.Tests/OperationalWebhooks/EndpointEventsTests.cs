using Microsoft.EntityFrameworkCore;
using Webhooks.Core.OperationalWebhooks;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.OperationalWebhooks;

/// <summary>What each operation on endpoints writes down for operational webhooks to tell.</summary>
public sealed class EndpointEventsTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Listener = "/operational-webhook/endpoint/listener";

    [Fact]
    public async Task Create_AnyWay_IsCreated()
    {
        var app = await ListeningAsync();

        var posted = await host.EndpointAsync(app, ",\"uid\":\"posted\",\"disabled\":true,\"headers\":{\"x-a\":\"b\"}");
        var put = (await host.Api.PutAsync($"/app/{app}/endpoint/put", """{"url":"https://example.com"}""")).Expect(201).Id;

        (await ToldAsync()).ShouldBe([$"endpoint.created {posted} posted", $"endpoint.created {put} put"]);
    }

    [Theory]
    [InlineData("PUT", "", """{"url":"https://example.com/new","uid":"e"}""")]
    [InlineData("PATCH", "", """{"description":"new"}""")]
    [InlineData("PUT", "/headers", """{"headers":{"x-a":"b"}}""")]
    [InlineData("PATCH", "/headers", """{"headers":{"x-a":"b"}}""")]
    [InlineData("POST", "/secret/rotate", "{}")]
    public async Task Change_Anything_IsUpdated(string method, string path, string body)
    {
        var app = await ListeningAsync();
        var id = await host.EndpointAsync(app, ",\"uid\":\"e\"");

        var status = (await host.Api.SendAsync(new HttpMethod(method), $"/app/{app}/endpoint/e{path}", body)).Status;

        status.ShouldBeInRange(200, 204);
        (await ToldAsync()).Skip(1).ShouldBe([$"endpoint.updated {id} e"]);
    }

    [Theory]
    [InlineData("PUT", """{"url":"ftp://example.com"}"""), InlineData("PATCH", """{"uid":"taken"}""")]
    public async Task Change_Refused_IsNotTold(string method, string body)
    {
        var app = await ListeningAsync();
        await host.EndpointAsync(app, ",\"uid\":\"taken\"");
        await host.EndpointAsync(app, ",\"uid\":\"e\"");

        (await host.Api.SendAsync(new HttpMethod(method), $"/app/{app}/endpoint/e", body)).Status.ShouldBeInRange(400, 499);

        (await ToldAsync()).ShouldAllBe(told => told.StartsWith("endpoint.created", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Disable_IsUpdatedAndDisabledOnce()
    {
        var app = await ListeningAsync();
        var id = await host.EndpointAsync(app);

        foreach (var body in new[] { """{"disabled":true}""", """{"disabled":true}""", """{"disabled":false}""" })
            (await host.Api.PatchAsync($"/app/{app}/endpoint/{id}", body)).Expect(200);

        (await ToldAsync()).Skip(1).ShouldBe(
            [$"endpoint.updated {id} ", $"endpoint.disabled {id} ", $"endpoint.updated {id} ", $"endpoint.updated {id} "]);
        (await host.ReadAsync(db => db.OperationalEvents.AllAsync(e => e.AttemptId == null && e.MessageId == null))).ShouldBeTrue();
    }

    [Fact]
    public async Task Delete_Endpoint_IsDeletedUnderTheUidItHad()
    {
        var app = await ListeningAsync();
        var id = await host.EndpointAsync(app, ",\"uid\":\"gone\"");

        (await host.Api.DeleteAsync($"/app/{app}/endpoint/{id}")).Expect(204);
        (await host.Api.DeleteAsync($"/app/{app}/endpoint/{id}")).Expect(404);

        (await ToldAsync()).Skip(1).ShouldBe([$"endpoint.deleted {id} gone"]);
    }

    [Fact]
    public async Task Delete_Application_TellsOfEachEndpoint()
    {
        var app = await ListeningAsync();
        var (first, second) = (await host.EndpointAsync(app, ",\"uid\":\"first\""), await host.EndpointAsync(app));

        (await host.Api.DeleteAsync($"/app/{app}")).Expect(204);

        (await ToldAsync()).Skip(2).ShouldBe([$"endpoint.deleted {first} first", $"endpoint.deleted {second} "]);
    }

    [Fact]
    public async Task Change_RepeatedWithItsKey_IsToldOnce()
    {
        var app = await ListeningAsync();

        for (var i = 0; i < 2; i++)
            (await host.Api.PostAsync($"/app/{app}/endpoint", """{"url":"https://example.com"}""", $"told-once-{app}")).Expect(201);

        (await ToldAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Change_OfAnOperationalWebhook_IsNotTold()
    {
        await ListeningAsync();

        (await host.Api.PutAsync("/operational-webhook/endpoint/other", """{"url":"https://example.com"}""")).Expect(201);
        (await host.Api.PutAsync("/operational-webhook/endpoint/other", """{"url":"https://example.com","disabled":true}""")).Expect(200);
        (await host.Api.PutAsync("/operational-webhook/endpoint/other/headers", """{"headers":{}}""")).Expect(204);
        (await host.Api.PostAsync("/operational-webhook/endpoint/other/secret/rotate", "{}")).Expect(204);
        (await host.Api.DeleteAsync("/operational-webhook/endpoint/other")).Expect(204);

        (await ToldAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Change_NobodyListens_IsNotWritten()
    {
        var app = await ListeningAsync();
        (await host.Api.DeleteAsync(Listener)).Expect(204);

        var id = await host.EndpointAsync(app);
        (await host.Api.PatchAsync($"/app/{app}/endpoint/{id}", """{"disabled":true}""")).Expect(200);
        (await host.Api.PostAsync($"/app/{app}/endpoint/{id}/secret/rotate", "{}")).Expect(204);
        (await host.Api.DeleteAsync($"/app/{app}")).Expect(204);

        (await ToldAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Change_ListenerDisabled_IsKeptForIt()
    {
        var app = await ListeningAsync();
        (await host.Api.PutAsync(Listener, """{"url":"https://example.com","disabled":true}""")).Expect(200);

        await host.EndpointAsync(app);

        (await ToldAsync()).Count.ShouldBe(1);
    }

    /// <summary>An operational webhook, nothing told yet, and an application to do things in.</summary>
    private async Task<string> ListeningAsync()
    {
        (await host.Api.PutAsync(Listener, """{"url":"https://example.com"}""")).Status.ShouldBeInRange(200, 201);
        await host.WriteAsync(db => db.OperationalEvents.ExecuteDelete());
        return await host.ApplicationAsync();
    }

    private Task<List<string>> ToldAsync() => host.ReadAsync(async db =>
        (await db.OperationalEvents.OrderBy(e => e.Id).ToListAsync())
            .ConvertAll(e => $"{OperationalEventTypes.NameOf(e.Type)} {e.EndpointId} {e.EndpointUid}"));
}
