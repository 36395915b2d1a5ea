using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Security;
using Webhooks.Server.Tests.Hosting;
using static System.Text.Encoding;

namespace Webhooks.Server.Tests.Endpoints;

public sealed class EndpointHeadersApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Get_NoHeaders_IsEmpty() =>
        (await host.Api.GetAsync(await PathAsync())).Expect(200).Text.ShouldBe("""{"headers":{},"sensitive":[]}""");

    [Fact]
    public async Task Put_Headers_AreShownInSmallLettersAndCredentialsByNameOnly()
    {
        var path = await PathAsync();

        var answer = await host.Api.PutAsync(path, """{"headers":{"X-Tenant":"acme","Authorization":"Bearer s3cret","X-API-Key":"k"}}""");

        answer.Expect(204).Text.ShouldBeEmpty();
        var shown = (await host.Api.GetAsync(path)).Expect(200);
        shown.Text.ShouldBe("""{"headers":{"x-tenant":"acme"},"sensitive":["authorization","x-api-key"]}""");
    }

    [Fact]
    public async Task Create_EndpointWithHeaders_HasThem()
    {
        var app = await host.ApplicationAsync();

        var endpoint = await host.EndpointAsync(app, ""","headers":{"X-A":"1"}""");

        (await host.Api.GetAsync($"/app/{app}/endpoint/{endpoint}/headers")).Expect(200).Text.ShouldBe("""{"headers":{"x-a":"1"},"sensitive":[]}""");
        (await host.Api.PostAsync($"/app/{app}/endpoint", """{"url":"https://example.com","headers":{"host":"x"}}""")).Expect(422)
            .Faults.Single().ShouldStartWith("body.headers.host:");
    }

    [Fact]
    public async Task Put_Again_ReplacesAll()
    {
        var path = await PathAsync();
        (await host.Api.PutAsync(path, """{"headers":{"a":"1","b":"2"}}""")).Expect(204);

        (await host.Api.PutAsync(path, """{"headers":{"c":"3"}}""")).Expect(204);

        (await host.Api.GetAsync(path)).Expect(200).Text.ShouldBe("""{"headers":{"c":"3"},"sensitive":[]}""");
    }

    [Fact]
    public async Task Patch_Headers_MergesAndNullRemoves()
    {
        var path = await PathAsync();
        (await host.Api.PutAsync(path, """{"headers":{"a":"1","b":"2","c":"3","d":"4"}}""")).Expect(204);

        var answer = await host.Api.PatchAsync(path, """{"headers":{"A":"9","b":null,"e":"5","none":null},"deleteHeaders":["C"]}""");

        answer.Expect(204).Text.ShouldBeEmpty();
        (await host.Api.GetAsync(path)).Expect(200).Text.ShouldBe("""{"headers":{"a":"9","d":"4","e":"5"},"sensitive":[]}""");
    }

    [Theory]
    [InlineData("""{"headers":{"Host":"x"}}""", "body.headers.Host")]
    [InlineData("""{"headers":{"webhook-id":"x"}}""", "body.headers.webhook-id")]
    [InlineData("""{"headers":{"X-Amz-Target":"x"}}""", "body.headers.X-Amz-Target")]
    [InlineData("""{"headers":{"a b":"x"}}""", "body.headers.a b")]
    [InlineData("""{"headers":{"a":"1\r\nb: 2"}}""", "body.headers.a")]
    [InlineData("""{"headers":{"a":1}}""", "body.headers.a")]
    [InlineData("""{"headers":{"a":null}}""", "body.headers.a")]
    [InlineData("""{"headers":{"a":"1","A":"2"}}""", "body.headers.A")]
    [InlineData("""{"headers":[]}""", "body.headers")]
    [InlineData("{}", "body.headers")]
    public async Task Put_WhatMustNotBeSent_IsRefusedAtItsName(string body, string place)
    {
        var answer = await host.Api.PutAsync(await PathAsync(), body);

        answer.Expect(422).Faults.ShouldHaveSingleItem().Split(": ")[0].ShouldBe(place);
    }

    [Fact]
    public async Task Put_LongValueOrTooMany_IsRefused()
    {
        var path = await PathAsync();
        var many = string.Join(',', Enumerable.Range(0, 51).Select(n => $"\"h{n}\":\"x\""));

        (await host.Api.PutAsync(path, $$$"""{"headers":{"a":"{{{new string('x', 4_096)}}}"}}""")).Expect(204);
        (await host.Api.PutAsync(path, $$$"""{"headers":{"a":"{{{new string('x', 4_097)}}}"}}""")).Expect(422);
        (await host.Api.PutAsync(path, $$$"""{"headers":{{{{many}}}}}""")).Expect(422).Faults.Single().ShouldStartWith("body.headers:");
    }

    [Fact]
    public async Task Put_Headers_AreStoredEncrypted()
    {
        var path = await PathAsync();
        (await host.Api.PutAsync(path, """{"headers":{"authorization":"s3cret"}}""")).Expect(204);

        IdText.TryParse<EndpointId>(path.Split('/')[^2], out var id).ShouldBeTrue();
        var stored = await host.ReadAsync(db => db.Endpoints.Where(e => e.Id == id).Select(e => e.ProtectedHeaders!).SingleAsync());

        UTF8.GetString(stored).ShouldNotContain("s3cret");
        host.Services.GetRequiredService<HeaderCache>().Get(stored).ShouldBe([new("authorization", "s3cret")]);
    }

    [Fact]
    public async Task All_OfNoEndpoint_AreNotFound()
    {
        var app = await host.ApplicationAsync();

        (await host.Api.GetAsync($"/app/{app}/endpoint/none/headers")).Expect(404);
        (await host.Api.PutAsync($"/app/{app}/endpoint/none/headers", """{"headers":{}}""")).Expect(404);
        (await host.Api.PatchAsync($"/app/{app}/endpoint/none/headers", """{"headers":{}}""")).Expect(404);
    }

    private async Task<string> PathAsync()
    {
        var app = await host.ApplicationAsync();
        return $"/app/{app}/endpoint/{await host.EndpointAsync(app)}/headers";
    }
}
