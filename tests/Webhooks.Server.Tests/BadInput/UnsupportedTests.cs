using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.BadInput;

/// <summary>What Svix's clients can ask for and this service does not do: it says so, instead of doing something else.</summary>
public sealed class UnsupportedTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Fault = "Is not supported by this service. Leave it out.";

    [Theory]
    [InlineData("tags", """["vip"]""")]
    [InlineData("deliverAt", "\"2030-01-31T12:00:00Z\"")]
    [InlineData("payloadRetentionHours", "24")]
    public async Task Publish_FieldThatIsNotFollowed_IsRefused(string field, string value)
    {
        var app = await host.ApplicationAsync();
        var message = $$"""{"eventType":"a","payload":{},"{{field}}":{{value}}}""";

        (await host.Api.PostAsync($"/app/{app}/msg", message)).Expect(422).Faults.ShouldBe([$"body.{field}: {Fault}"]);
        (await host.Api.PostAsync($"/app/{app}/msg/batch", $$"""{"messages":[{{message}}]}""")).Expect(200).Text.ShouldContain(Fault);
        (await host.Api.PostAsync($"/app/{app}/msg", $$"""{"eventType":"a","payload":{},"{{field}}":null}""")).Expect(202);
    }

    [Theory]
    [InlineData("/app", "exclude_apps_with_no_endpoints", "true")]
    [InlineData("/app", "exclude_apps_with_disabled_endpoints", "true")]
    [InlineData("/app", "exclude_apps_with_svix_play_endpoints", "true")]
    [InlineData("/app/{0}/msg", "tag", "vip")]
    [InlineData("/app/{0}/endpoint/none/msg", "tag", "vip")]
    [InlineData("/app/{0}/attempt/endpoint/none", "tag", "vip")]
    [InlineData("/app/{0}/attempt/endpoint/none", "with_msg", "true")]
    [InlineData("/app/{0}/attempt/msg/none", "tag", "vip")]
    public async Task List_ParameterThatIsNotFollowed_IsRefused(string path, string parameter, string value)
    {
        var app = await host.ApplicationAsync();

        (await host.Api.GetAsync($"{string.Format(null, path, app)}?{parameter}={value}")).Expect(422)
            .Faults.ShouldBe([$"query.{parameter}: {Fault}"]);
    }

    [Fact]
    public async Task List_ParameterThatAsksForWhatIsDoneAnyway_IsAnswered()
    {
        (await host.Api.GetAsync("/app?exclude_apps_with_no_endpoints=false")).Expect(200);
    }
}
