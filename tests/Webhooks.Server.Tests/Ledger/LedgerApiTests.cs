using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Incidents;
using Webhooks.Core.Ledger;
using Webhooks.Core.Messages;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Ledger;

public sealed class LedgerApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task List_AfterAnAudit_ShowsWhatCameAndWhatBecameOfIt()
    {
        var (app, endpoint) = await EndpointAsync();
        await host.MessageAsync(app);
        await host.MessageAsync(app);
        await AuditAsync();

        var answer = (await host.Api.GetAsync($"/ledger?app_id={app}&endpoint_id={endpoint}")).Expect(200);

        answer.List("applicationId").ShouldBe([app]);
        answer.List("endpointId").ShouldBe([endpoint]);
        answer.List("accepted").ShouldBe(["2"]);
        answer.List("residue").ShouldBe(["0"]);
        answer.List("hour").ShouldBe(["2026-01-31T12:00:00.000000Z"]);
        answer.List("settledAt").ShouldBe([""]);
        answer.Json.GetProperty("data")[0].GetProperty("counts").GetProperty("waiting").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task Total_OfAnApplication_SumsItsEntries()
    {
        var (app, _) = await EndpointAsync();
        await host.EndpointAsync(app);
        await host.MessageAsync(app);
        await AuditAsync();

        var total = (await host.Api.GetAsync($"/ledger/total?app_id={app}")).Expect(200);

        (total["entries"], total["accepted"], total["notCountedYet"], total["residue"]).ShouldBe(("2", "2", "0", "0"));
        total.Json.GetProperty("counts").GetProperty("waiting").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task Total_OfNothing_IsZero() =>
        (await host.Api.GetAsync("/ledger/total?app_id=nobody")).Expect(200)["accepted"].ShouldBe("0");

    [Theory]
    [InlineData("since=yesterday", "query.since")]
    [InlineData("unbalanced=perhaps", "query.unbalanced")]
    [InlineData("limit=251", "query.limit")]
    [InlineData("iterator=app_x", "query.iterator")]
    public async Task List_Faulty_IsRefused(string query, string place) =>
        (await host.Api.GetAsync($"/ledger?{query}")).Expect(422).Faults.Single().ShouldStartWith(place);

    [Fact]
    public async Task Audit_RowIsGoneAndBack_OpensAnIncidentAndEndsIt()
    {
        var (app, _) = await EndpointAsync();
        var message = IdText.TryParse<MessageId>(await host.MessageAsync(app), out var id) ? id : default;
        var delivery = await host.ReadAsync(db => db.Deliveries.AsNoTracking().SingleAsync(d => d.MessageId == message));
        await host.WriteAsync(db => db.Remove(delivery));

        await AuditAsync();
        var unbalanced = (await host.Api.GetAsync("/ledger?unbalanced=true")).Expect(200);
        var opened = await IncidentAsync();
        await host.WriteAsync(db => db.Add(delivery));
        await AuditAsync();

        unbalanced.List("residue").ShouldBe(["1"]);
        (opened.Kind, opened.State).ShouldBe((IncidentKind.Ledger, IncidentState.Open));
        (await IncidentAsync()).State.ShouldBe(IncidentState.Resolved);
    }

    [Fact]
    public async Task Seals_DayIsClosed_AreListedWithTheirHash()
    {
        await using var day = new ApiHost();
        await day.InitializeAsync();
        var app = await day.ApplicationAsync();
        await day.EndpointAsync(app);
        await day.MessageAsync(app);
        await RunAsync<LedgerAudit>(day, audit => audit.RunAsync(default));
        day.Clock.Advance(TimeSpan.FromDays(1));
        await RunAsync<LedgerSealer>(day, sealer => sealer.RunAsync(default));

        var seals = (await day.Api.GetAsync("/ledger/seal")).Expect(200);

        seals.List("day").ShouldBe(["2026-01-31"]);
        seals.List("previousHash").ShouldBe([new string('0', 64)]);
        seals.List("hash").Single().Length.ShouldBe(64);
        seals.Json.GetProperty("data")[0].GetProperty("statement").GetProperty("accepted").GetInt32().ShouldBe(1);
    }

    private async Task<(string App, string Endpoint)> EndpointAsync()
    {
        var app = await host.ApplicationAsync();
        return (app, await host.EndpointAsync(app));
    }

    private Task AuditAsync() => RunAsync<LedgerAudit>(host, audit => audit.RunAsync(default));

    private Task<Incident> IncidentAsync() => host.ReadAsync(db => db.Incidents.AsNoTracking().SingleAsync(i => i.Kind == IncidentKind.Ledger));

    private static async Task RunAsync<T>(ApiHost on, Func<T, Task> work) where T : notnull
    {
        await using var scope = on.Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<T>());
    }
}
