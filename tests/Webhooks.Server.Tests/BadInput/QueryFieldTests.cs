using System.Text.RegularExpressions;
using Webhooks.Server.Tests.Hosting;
using Webhooks.Server.Tests.OpenApi;

namespace Webhooks.Server.Tests.BadInput;

/// <summary>The same of every query parameter of every operation.</summary>
public sealed class QueryFieldTests(ApiHost host) : IClassFixture<ApiHost>
{
    /// <summary>Lists may be given by repeating the parameter.</summary>
    private static readonly HashSet<string> Lists = ["event_type", "event_types"];

    /// <summary>People are called anything, but for characters that no text may have.</summary>
    private static readonly HashSet<string> FreeTexts = ["assignee", "who"];

    [Theory]
    [InlineData("%00")]
    [InlineData("a%00b")]
    [InlineData("%F0%9F%98%80%20")]
    [InlineData("a%0D%0Ab")]
    [InlineData("%ED%A0%80")]
    public async Task EveryParameter_ThatCanNotBeRight_IsNamed(string value)
    {
        var isText = !value.Contains("%00", StringComparison.Ordinal);
        foreach (var (operation, parameter) in (await ParametersAsync()).Where(p => !isText || !FreeTexts.Contains(p.Parameter)))
            await ExpectFaultAsync(operation, parameter, $"{parameter}={value}");
    }

    [Fact]
    public async Task EveryParameter_GivenTwice_IsNamed()
    {
        foreach (var (operation, parameter) in (await ParametersAsync()).Where(p => !Lists.Contains(p.Parameter)))
            await ExpectFaultAsync(operation, parameter, $"{parameter}=1&{parameter}=1");
    }

    private async Task ExpectFaultAsync(ApiOperation operation, string parameter, string query)
    {
        var path = $"/{Regex.Replace(operation.Path, "{.*?}", "none")}?{query}";

        var method = new HttpMethod(operation.Method.ToUpperInvariant());
        var answer = await host.Api.SendAsync(method, path, operation.Body is null ? null : "{}");

        var shown = $"{operation.Name} {query}: {answer.Text}";
        answer.Status.ShouldBe(422, shown);
        answer.Faults.ShouldContain(fault => fault.StartsWith($"query.{parameter}:", StringComparison.Ordinal), shown);
    }

    private async Task<List<(ApiOperation Operation, string Parameter)>> ParametersAsync()
    {
        var document = new OpenApiDescription((await host.As(null).GetAsync("//swagger/v1/swagger.json")).Expect(200).Json);
        var parameters = document.Operations.Values.SelectMany(o => o.QueryParameters.Select(parameter => (o, parameter))).ToList();
        parameters.Count.ShouldBeGreaterThan(60);
        return parameters;
    }
}
