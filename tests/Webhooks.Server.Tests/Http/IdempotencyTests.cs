using System.Text;
using Microsoft.EntityFrameworkCore;
using Webhooks.Server.Tests.Hosting;

namespace Webhooks.Server.Tests.Http;

public sealed class IdempotencyTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Post_RepeatedWithItsKey_IsDoneOnceAndAnsweredTheSame()
    {
        var first = (await host.Api.PostAsync("/app", """{"name":"once"}""", "key-1")).Expect(201);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var again = (await host.Api.PostAsync("/app", """{"name":"once"}""", "key-1")).Expect(201);

        again.Text.ShouldBe(first.Text);
        (await host.ReadAsync(db => db.Applications.CountAsync(a => a.Name == "once"))).ShouldBe(1);
    }

    [Theory]
    [InlineData("/app", """{"name":"other"}""")]
    [InlineData("/app?get_if_exists=true", """{"name":"same"}""")]
    [InlineData("/event-type", """{"name":"same","description":""}""")]
    public async Task Post_AnotherRequestUnderTheKey_IsConflict(string path, string body)
    {
        var key = Guid.NewGuid().ToString();
        (await host.Api.PostAsync("/app", """{"name":"same"}""", key)).Expect(201);

        (await host.Api.PostAsync(path, body, key)).Expect(409)["code"].ShouldBe("idempotency_key_reused");
    }

    [Fact]
    public async Task Post_SameKeyOfAnotherCaller_IsAnotherRequest()
    {
        var other = await host.KeyAsync("full");
        var first = (await host.Api.PostAsync("/app", """{"name":"n"}""", "shared")).Expect(201);

        (await other.PostAsync("/app", """{"name":"n"}""", "shared")).Expect(201).Id.ShouldNotBe(first.Id);
    }

    [Fact]
    public async Task Post_Refused_LeavesTheKeyUnused()
    {
        await host.ApplicationAsync("in-the-way");
        (await host.Api.PostAsync("/app", """{"name":"n","uid":"in-the-way"}""", "refused")).Expect(409)["code"].ShouldBe("conflict");
        await host.Api.DeleteAsync("/app/in-the-way");

        (await host.Api.PostAsync("/app", """{"name":"n","uid":"in-the-way"}""", "refused")).Expect(201);
    }

    [Fact]
    public async Task Post_KeyOlderThanADay_IsForgotten()
    {
        var first = (await host.Api.PostAsync("/app", """{"name":"n"}""", "day")).Expect(201);
        host.Clock.Advance(TimeSpan.FromHours(24));

        (await host.Api.PostAsync("/app", """{"name":"n"}""", "day")).Expect(201).Id.ShouldNotBe(first.Id);
    }

    [Fact]
    public async Task Post_AnswerWithANewKey_IsNotReadableInTheDatabase()
    {
        var made = (await host.Api.PostAsync("/api-key", """{"name":"n","scope":"full"}""", "secretive")).Expect(201);

        var records = await host.ReadAsync(db => db.IdempotencyRecords.Where(r => r.IdempotencyKey == "secretive").ToListAsync());

        Encoding.Latin1.GetString(records.ShouldHaveSingleItem().Answer).ShouldNotContain(made["key"]);
        (await host.Api.PostAsync("/api-key", """{"name":"n","scope":"full"}""", "secretive")).Text.ShouldBe(made.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tab\there")]
    [InlineData("257")]
    public async Task Post_BadKey_IsRefused(string key)
    {
        var sent = key == "257" ? new string('k', 257) : key;

        var answer = await host.Api.PostAsync("/app", """{"name":"n"}""", sent);

        answer.Expect(422).Faults.ShouldHaveSingleItem().ShouldStartWith("header.idempotency-key:");
    }
}
