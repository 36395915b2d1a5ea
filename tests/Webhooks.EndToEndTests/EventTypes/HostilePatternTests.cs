using System.Net;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.EventTypes;

/// <summary>A pattern of a schema that would keep a thread for years, and the text that makes it do so.</summary>
public sealed class HostilePatternTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_TextThatAPatternWouldTakeYearsFor_IsAnsweredSoon()
    {
        using var home = new ServerHome();
        home.Settings["Webhooks__Api__SchemaValidation"] = "Reject";
        await using var server = await ServerProcess.StartReadyAsync(home, Cancel);
        var api = new Api(home.Address, ServerHome.BootstrapKey);
        await api.PostAsync("/app", new { name = "Acme", uid = "acme" }, HttpStatusCode.Created, Cancel);
        var schema = new { properties = new { a = new { type = "string", pattern = "^(a+)+$" } } };
        await api.PostAsync(
            "/event-type", new { name = "hostile", description = "d", schemas = new Dictionary<string, object> { ["1"] = schema } },
            HttpStatusCode.Created, Cancel);

        var answer = await api.PostAsync(
            "/app/acme/msg", new { eventType = "hostile", payload = new { a = new string('a', 60) + "!" } },
            HttpStatusCode.UnprocessableEntity, Cancel);

        answer.GetProperty("detail")[0].GetProperty("msg").GetString()
            .ShouldBe("Does not fit the schema of its event type: CannotBeChecked.");
    }
}
