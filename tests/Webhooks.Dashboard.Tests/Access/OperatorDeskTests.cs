using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Operators;
using Webhooks.Dashboard.Tests.Hosting;
using Webhooks.Server.Dashboard.Access;

namespace Webhooks.Dashboard.Tests.Access;

public sealed class OperatorDeskTests(DashboardInProcess server) : IClassFixture<DashboardInProcess>
{
    private static readonly Actor Test = new(null, "The test");

    [Fact]
    public async Task SetRole_LastAdministrator_IsRefused()
    {
        var admin = await FindAsync(DashboardSite.Administrator);

        var answer = await server.AtDeskAsync(desk => desk.SetRoleAsync(Test, admin.Id, OperatorRole.Viewer, default));

        answer.Fault.ShouldNotBeNull().ShouldContain("last administrator");
        (await FindAsync(DashboardSite.Administrator)).Role.ShouldBe(OperatorRole.Administrator);
    }

    [Fact]
    public async Task Disable_LastAdministrator_IsRefused()
    {
        var admin = await FindAsync(DashboardSite.Administrator);

        var answer = await server.AtDeskAsync(desk => desk.DisableAsync(Test, admin.Id, default));

        answer.Fault.ShouldNotBeNull().ShouldContain("last administrator");
        (await FindAsync(DashboardSite.Administrator)).DisabledAt.ShouldBeNull();
    }

    [Fact]
    public async Task SetRole_TwoAdministratorsTakeItFromEachOther_OneStays()
    {
        var (one, other) = (await FindAsync(DashboardSite.Administrator), await AddAsync("second", OperatorRole.Administrator));

        var answers = await Task.WhenAll(
            server.AtDeskAsync(desk => desk.SetRoleAsync(new Actor(one.Id, "one"), other.Id, OperatorRole.Viewer, default)),
            server.AtDeskAsync(desk => desk.SetRoleAsync(new Actor(other.Id, "other"), one.Id, OperatorRole.Viewer, default)));

        answers.Count(answer => answer.IsDone).ShouldBe(1);
        await ReinstateAsync(one.Id, other.Id);
    }

    [Fact]
    public async Task SetRole_OwnRole_IsRefused()
    {
        var admin = await FindAsync(DashboardSite.Administrator);

        var answer = await server.AtDeskAsync(desk => desk.SetRoleAsync(new Actor(admin.Id, "admin"), admin.Id, OperatorRole.Viewer, default));

        answer.Fault.ShouldNotBeNull().ShouldContain("own role");
    }

    [Fact]
    public async Task Add_NameOfSomebodyElse_IsRefused()
    {
        await AddAsync("Grace", OperatorRole.Viewer);

        var answer = await server.AtDeskAsync(desk => desk.AddAsync(Test, "GRACE", OperatorRole.Viewer, default));

        answer.Fault.ShouldBe("Somebody else has this name.");
    }

    [Fact]
    public async Task Add_SignsInWithTheOneTimePassword_AndLeavesAnEntryInTheAuditLog()
    {
        var answer = await server.AtDeskAsync(desk => desk.AddAsync(Test, "Ada", OperatorRole.Operator, default));

        var added = await FindAsync("Ada");
        (await HasPasswordAsync(added.Id, answer.Secrets[0])).ShouldBeTrue();
        OneTimePassword.IsOf(await server.SessionOfAsync(added.Id)).ShouldBeTrue();
        var entry = await server.ReadAsync(db => db.AuditEntries.SingleAsync(e => e.Operation == "operator.add" && e.Target.StartsWith("Ada ")));
        entry.Who.ShouldBe("The test");
        entry.Target.ShouldBe($"Ada ({added.Id}): Operator");
        entry.Target.ShouldNotContain(answer.Secrets[0]);
    }

    [Fact]
    public async Task Refused_LeavesNoEntryInTheAuditLog()
    {
        var admin = await FindAsync(DashboardSite.Administrator);

        await server.AtDeskAsync(desk => desk.DisableAsync(new Actor(null, "Refused"), admin.Id, default));

        (await server.ReadAsync(db => db.AuditEntries.AnyAsync(e => e.Who == "Refused"))).ShouldBeFalse();
    }

    [Fact]
    public async Task ResetPassword_LetsInWhoWasLockedOut_AndEndsSessions()
    {
        var person = await AddAsync("locked", OperatorRole.Viewer);
        await using (var scope = server.Scope())
        {
            var operators = scope.ServiceProvider.GetRequiredService<UserManager<Operator>>();
            await operators.SetLockoutEndDateAsync((await operators.FindByIdAsync(person.Id.ToString()))!, DateTimeOffset.MaxValue);
        }

        var answer = await server.AtDeskAsync(desk => desk.ResetPasswordAsync(Test, person.Id, default));

        var now = await FindAsync("locked");
        now.LockoutEnd.ShouldBeNull();
        now.SecurityStamp.ShouldNotBe(person.SecurityStamp);
        (await HasPasswordAsync(person.Id, answer.Secrets[0])).ShouldBeTrue();
    }

    [Fact]
    public async Task Disable_ThenEnable_EndsSessionsAndLetsInAgain()
    {
        var person = await AddAsync("leaver", OperatorRole.Viewer);

        (await server.AtDeskAsync(desk => desk.DisableAsync(Test, person.Id, default))).IsDone.ShouldBeTrue();

        var disabled = await FindAsync("leaver");
        disabled.DisabledAt.ShouldNotBeNull();
        disabled.SecurityStamp.ShouldNotBe(person.SecurityStamp);
        (await server.AtDeskAsync(desk => desk.EnableAsync(Test, person.Id, default))).IsDone.ShouldBeTrue();
        (await FindAsync("leaver")).DisabledAt.ShouldBeNull();
    }

    private Task<Operator> FindAsync(string name) => server.ReadAsync(db => db.Operators.AsNoTracking().SingleAsync(o => o.UserName == name));

    private async Task<Operator> AddAsync(string name, OperatorRole role)
    {
        (await server.AtDeskAsync(desk => desk.AddAsync(Test, name, role, default))).IsDone.ShouldBeTrue();
        return await FindAsync(name);
    }

    private async Task<bool> HasPasswordAsync(OperatorId id, string password)
    {
        await using var scope = server.Scope();
        var operators = scope.ServiceProvider.GetRequiredService<UserManager<Operator>>();
        return await operators.CheckPasswordAsync((await operators.FindByIdAsync(id.ToString()))!, password);
    }

    // So that the other tests find one administrator again.
    private async Task ReinstateAsync(OperatorId admin, OperatorId other)
    {
        await server.AtDeskAsync(desk => desk.SetRoleAsync(Test, admin, OperatorRole.Administrator, default));
        (await server.AtDeskAsync(desk => desk.SetRoleAsync(Test, other, OperatorRole.Viewer, default))).IsDone.ShouldBeTrue();
    }
}
