using Webhooks.Core.Notifications;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Notifications;

public sealed class NotificationsApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task List_ByEveryFilter_FindsWhatItNames()
    {
        var app = await host.ApplicationAsync();
        var endpoint = await host.EndpointAsync(app);
        var (incident, other) = (await host.IncidentAsync(app, endpoint), await host.IncidentAsync(app, endpoint, Core.Incidents.IncidentKind.Held));
        var (channel, second) = (await host.ChannelAsync(), await host.ChannelAsync());
        var sent = await host.NotificationAsync(incident, channel, NotificationState.Sent);
        var failed = await host.NotificationAsync(incident, second, NotificationState.Failed);
        var waiting = await host.NotificationAsync(other, channel);

        (await ListAsync($"incident_id={incident}")).ShouldBe([failed, sent]);
        (await ListAsync($"channel_id={channel}")).ShouldBe([waiting, sent]);
        (await ListAsync($"channel_id={channel}&state=waiting")).ShouldBe([waiting]);
        (await ListAsync($"incident_id={incident}&state=failed")).ShouldBe([failed]);
        (await ListAsync($"incident_id={incident}&order=ascending&limit=1")).ShouldBe([sent]);
    }

    [Fact]
    public async Task List_IdOfAnotherKind_IsNamed() =>
        (await host.Api.GetAsync("/notification?channel_id=inc_x")).Expect(422).Faults
            .ShouldBe(["query.channel_id: Must be an id that begins with 'chan_'."]);

    private async Task<IReadOnlyList<string>> ListAsync(string query) => (await host.Api.GetAsync($"/notification?{query}")).Expect(200).List("id");
}
