using System.Net;
using System.Net.Http.Headers;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.ApiKeys;

public sealed class RequestLimitsTests : IAsyncLifetime
{
    private readonly ApiHost _host = new() { Settings = new Dictionary<string, string?> { ["Webhooks:Api:RequestsPerSecond"] = "3" } };

    [Fact]
    public async Task Call_MoreThanTheDefaultAtOnce_IsRefusedUntilTimeHasPassed()
    {
        var key = await KeyAsync();

        await CallAsync(key, 200, times: 3);
        (await _host.As(key).GetAsync("/app")).Expect(429)["code"].ShouldBe("rate_limited");
        _host.Clock.Advance(TimeSpan.FromSeconds(1) / 3 + TimeSpan.FromTicks(1));
        await CallAsync(key, 200, times: 1);
        await CallAsync(key, 429, times: 1);
    }

    [Fact]
    public async Task Call_MoreThanTheKeysOwnLimit_IsRefused()
    {
        var key = await KeyAsync(""","requestsPerSecond":5""");

        await CallAsync(key, 200, times: 5);
        await CallAsync(key, 429, times: 2);
    }

    [Fact]
    public async Task Call_AnotherKeyIsOverItsLimit_IsAnswered()
    {
        var (busy, quiet) = (await KeyAsync(), await KeyAsync());
        await CallAsync(busy, 200, times: 3);
        await CallAsync(busy, 429, times: 1);

        await CallAsync(quiet, 200, times: 3);
    }

    [Fact]
    public async Task Call_OverTheLimit_IsToldWhatAndWhen()
    {
        var key = await KeyAsync(""","requestsPerSecond":1""");
        await CallAsync(key, 200, times: 1);

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_host.Api.Address, "/api/v1/app"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.Add("Origin", "https://example.com");
        using var answer = await _host.Api.Http.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("may make 1 requests per second");
    }

    [Fact]
    public async Task Call_WhatIsForbidden_CountsToo()
    {
        var key = await KeyAsync(scope: "publish");
        await CallAsync(key, 403, times: 3);

        await CallAsync(key, 429, times: 1);
    }

    [Fact]
    public async Task Call_WithoutAKey_IsNotCounted()
    {
        for (var i = 0; i < 10; i++)
            (await _host.As("whk_wrong").GetAsync("/app")).Expect(401);
    }

    [Fact]
    public async Task Health_WithAKeyOverItsLimit_IsAnswered()
    {
        var key = await KeyAsync();
        await CallAsync(key, 200, times: 3);
        await CallAsync(key, 429, times: 1);

        (await _host.As(key).GetAsync("/health")).Expect(204);
        (await _host.As(key).GetAsync("/health/ping")).Expect(204);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("100001")]
    public async Task Create_LimitOutOfRange_IsRefused(string limit) =>
        (await _host.Api.PostAsync("/api-key", $$"""{"name":"k","scope":"full","requestsPerSecond":{{limit}}}"""))
            .Expect(422).Faults.ShouldHaveSingleItem().ShouldStartWith("body.requestsPerSecond:");

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    // The first key is limited, too: it waits for its next second.
    private async Task<string> KeyAsync(string more = "", string scope = "full")
    {
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        return (await _host.Api.PostAsync("/api-key", $$"""{"name":"k","scope":"{{scope}}"{{more}}}""")).Expect(201)["key"];
    }

    private async Task CallAsync(string key, int status, int times)
    {
        for (var i = 0; i < times; i++)
            (await _host.As(key).GetAsync("/app")).Expect(status);
    }
}
