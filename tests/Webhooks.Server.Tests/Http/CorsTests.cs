using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Http;

public sealed class CorsTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData("/api/v1/app", "POST")]
    [InlineData("/api/v1/app/any/endpoint/any/headers", "PATCH")]
    public async Task Preflight_OfAnOperation_AllowsAnyPageWithItsKey(string path, string method)
    {
        using var request = Request(HttpMethod.Options, path);
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,idempotency-key");

        using var answer = await SendAsync(request);

        ((int)answer.StatusCode).ShouldBe(204);
        Header(answer, "Access-Control-Allow-Origin").ShouldBe("*");
        Header(answer, "Access-Control-Allow-Methods").ShouldContain(method);
        Header(answer, "Access-Control-Allow-Headers").ShouldContain("authorization");
        answer.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
    }

    [Theory]
    [InlineData("/api/v1/app", 401)]
    [InlineData("/api/v1/health/ping", 204)]
    [InlineData("/api/v1/nothing", 404)]
    [InlineData("/api/fails", 500)]
    public async Task Answer_ToAPage_IsReadableEvenWhenItIsAnError(string path, int status)
    {
        using var request = Request(HttpMethod.Get, path);

        using var answer = await SendAsync(request);

        ((int)answer.StatusCode).ShouldBe(status);
        Header(answer, "Access-Control-Allow-Origin").ShouldBe("*");
        Header(answer, "Access-Control-Expose-Headers").ShouldBe("Retry-After");
    }

    [Fact]
    public async Task Answer_OutsideTheApi_IsForItsOwnPagesOnly()
    {
        using var request = Request(HttpMethod.Get, "/swagger/v1/swagger.json");

        using var answer = await SendAsync(request);

        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(host.Api.Address, path));
        request.Headers.Add("Origin", "https://portal.example.com");
        return request;
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => host.Api.Http.SendAsync(request, TestContext.Current.CancellationToken);

    private static string Header(HttpResponseMessage answer, string name) => string.Join(',', answer.Headers.GetValues(name));
}
