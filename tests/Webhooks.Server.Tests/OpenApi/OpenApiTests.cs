using System.Text.Json;
using Microsoft.OpenApi;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.OpenApi;

public sealed class OpenApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Document_Read_HasNoErrors()
    {
        var text = (await host.As(null).GetAsync("//swagger/v1/swagger.json")).Expect(200).Text;

        var read = OpenApiDocument.Parse(text, "json");

        read.Diagnostic!.Errors.ShouldBeEmpty();
        read.Diagnostic.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Page_Opened_IsThere()
    {
        var page = await host.As(null).GetAsync("//swagger/index.html");

        page.Expect(200).Text.ShouldContain("Webhooks API");
    }

    [Fact]
    public async Task Operations_All_HaveWordsLocksAndErrorBodies()
    {
        foreach (var (name, operation) in await OperationsAsync())
        {
            operation.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty(name);
            operation.TryGetProperty("operationId", out _).ShouldBeTrue(name);
            if (name.Contains("/health", StringComparison.Ordinal))
                continue;

            operation.GetProperty("security").GetArrayLength().ShouldBe(1, name);
            var responses = operation.GetProperty("responses");
            responses.GetProperty("401").GetRawText().ShouldContain("authentication_failed", customMessage: name);
            responses.GetProperty("422").GetRawText().ShouldContain("HTTPValidationError", customMessage: name);
        }
    }

    [Fact]
    public async Task Operations_WithABody_ShowIt()
    {
        string[] without = ["/resend", "/logout", "/cancel", "/channel/{channel_id}/test", "{dlv_id}/replay"];
        var operations = (await OperationsAsync()).Where(o =>
            o.Name.Split(' ')[0] is "post" or "put" or "patch" && !without.Any(end => o.Name.EndsWith(end, StringComparison.Ordinal)));

        foreach (var (name, operation) in operations)
            operation.GetProperty("requestBody").GetRawText().ShouldContain("#/components/schemas/", customMessage: name);
    }

    [Fact]
    public async Task Operations_OfTheContract_HaveItsParametersAndSuccess()
    {
        var ours = (await OperationsAsync()).ToDictionary(o => o.Name, o => o.Operation);

        var list = ours["get /api/v1/app/{app_id}/attempt/msg/{msg_id}"];
        list.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()).ShouldBe(
            [
                "app_id", "msg_id", "limit", "iterator", "status", "status_code_class", "channel", "event_types", "before", "after",
                "with_content", "endpoint_id",
            ],
            ignoreOrder: true);
        ours["post /api/v1/app"].GetProperty("responses").EnumerateObject().Select(r => r.Name).ShouldContain("201");
        ours["post /api/v1/app/{app_id}/msg"].GetProperty("responses").GetProperty("202").GetRawText().ShouldContain("MessageOut");
    }

    [Theory]
    [InlineData("EndpointIn", "url", false)]
    [InlineData("EndpointIn", "secret", true)]
    [InlineData("EndpointPatch", "url", false)]
    [InlineData("EndpointPatch", "channels", true)]
    [InlineData("ApplicationOut", "name", false)]
    [InlineData("ApplicationOut", "uid", true)]
    public async Task Fields_ThatMayBeNull_AreShownSo(string schema, string field, bool mayBeNull)
    {
        var document = (await host.As(null).GetAsync("//swagger/v1/swagger.json")).Json;

        var shown = document.GetProperty("components").GetProperty("schemas").GetProperty(schema).GetProperty("properties").GetProperty(field);

        shown.TryGetProperty("nullable", out _).ShouldBe(mayBeNull, shown.GetRawText());
    }

    private async Task<IReadOnlyList<(string Name, JsonElement Operation)>> OperationsAsync()
    {
        var document = (await host.As(null).GetAsync("//swagger/v1/swagger.json")).Expect(200).Json;
        return [.. document.GetProperty("paths").EnumerateObject().SelectMany(path =>
            path.Value.EnumerateObject().Select(method => ($"{method.Name} {path.Name}", method.Value)))];
    }
}
