using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Operators;
using Webhooks.Dashboard.Tests.Hosting;
using Webhooks.Server.Dashboard.Access;

namespace Webhooks.Dashboard.Tests.Acting;

/// <summary>What pages do, whatever they show: the role is looked up each time.</summary>
public sealed class OperatorActionsTests(DashboardInProcess server) : IClassFixture<DashboardInProcess>
{
    private static readonly Actor Test = new(null, "The test");

    [Theory]
    [InlineData(OperatorRole.Viewer, "v1.event-type.create", 403)]
    [InlineData(OperatorRole.Operator, "v1.event-type.create", 201)]
    [InlineData(OperatorRole.Operator, "v1.application.create", 403)]
    [InlineData(OperatorRole.Administrator, "v1.application.create", 201)]
    internal async Task Run_Role_ActsOrIsRefused(OperatorRole role, string operation, int expected)
    {
        var session = await server.SessionOfAsync(await AddAsync($"{role} of {operation}", role));

        var reply = await server.ActAsync(session, operation, body: Body(operation, $"made.by.{role}"));

        reply.StatusCode.ShouldBe(expected, reply.Problem);
    }

    [Fact]
    public async Task Run_SessionRevoked_IsRefusedAtOnce()
    {
        var person = await AddAsync("revoked", OperatorRole.Operator);
        var session = await server.SessionOfAsync(person);
        (await server.AtDeskAsync(desk => desk.EndSessionsAsync(Test, person, default))).IsDone.ShouldBeTrue();

        var reply = await server.ActAsync(session, "v1.event-type.create", body: Body("v1.event-type.create", "made.after.revocation"));

        reply.StatusCode.ShouldBe(401);
    }

    [Fact]
    public async Task Run_RoleTakenAway_IsRefusedAtOnce()
    {
        var person = await AddAsync("demoted", OperatorRole.Administrator);
        (await server.AtDeskAsync(desk => desk.SetRoleAsync(Test, person, OperatorRole.Viewer, default))).IsDone.ShouldBeTrue();
        var session = await server.SessionOfAsync(person);

        var reply = await server.ActAsync(session, "v1.channel.create", body: new { });

        reply.StatusCode.ShouldBe(403);
        reply.Problem.ShouldContain("Administrator");
    }

    [Fact]
    public async Task Administer_OperatorByADirectCall_IsRefused()
    {
        var session = await server.SessionOfAsync(await AddAsync("curious", OperatorRole.Operator));

        var answer = await server.AdministerAsync(session, (desk, who) => desk.AddAsync(who, "friend", OperatorRole.Administrator, default));

        answer.Fault.ShouldNotBeNull().ShouldContain("Administrator");
        (await server.ReadAsync(db => db.Operators.AnyAsync(o => o.UserName == "friend"))).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_NobodySignedIn_IsRefused()
    {
        var reply = await server.ActAsync(new ClaimsPrincipal(new ClaimsIdentity()), "v1.event-type.create", body: Body("v1.event-type.create", "made.by.nobody"));

        reply.StatusCode.ShouldBe(401);
    }

    private static object Body(string operation, string name) =>
        operation == "v1.event-type.create" ? new { name, description = "Made by a test." } : new { name };

    private async Task<OperatorId> AddAsync(string name, OperatorRole role)
    {
        (await server.AtDeskAsync(desk => desk.AddAsync(Test, name, role, default))).IsDone.ShouldBeTrue();
        return await server.ReadAsync(db => db.Operators.Where(o => o.UserName == name).Select(o => o.Id).SingleAsync());
    }
}
