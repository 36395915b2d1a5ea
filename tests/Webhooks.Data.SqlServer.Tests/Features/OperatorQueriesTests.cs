using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Operators;
using Webhooks.Server.Dashboard.Access;

namespace Webhooks.Data.SqlServer.Tests.Features;

/// <summary>What EF Core sends for Identity's store of people, and for what administrators do about them.</summary>
public sealed class OperatorQueriesTests : BoundQueries
{
    private static readonly OperatorId Id = new(7);

    private static readonly Actor Administrator = new(new OperatorId(8), "Ada");

    [Fact]
    public Task Add()
    {
        Unanswered.Add("WHERE [o].[normalized_user_name] ="); // nobody has this name
        return BindsFullAsync(services => DoneAsync(services, desk => desk.AddAsync(Administrator, "Grace", OperatorRole.Viewer, Cancel)),
            "INSERT INTO [operators]", left: 40);
    }

    [Fact]
    public Task FirstAdministrator()
    {
        Unanswered.Add("WHERE [o].[normalized_user_name] =");
        (Row, Left) = ([[new Recording.Any(false, IsFull: true)]], 40);
        return BindsAsync(
            services => services.GetRequiredService<FirstAdministrator>().MakeAsync(Cancel), "INSERT INTO [operator_claims]");
    }

    [Fact]
    public Task SetRole() => AtDeskAsync(desk => desk.SetRoleAsync(Administrator, Id, OperatorRole.Operator, Cancel));

    [Fact]
    public Task Disable() => AtDeskAsync(desk => desk.DisableAsync(Administrator, Id, Cancel));

    [Fact]
    public Task Enable() => AtDeskAsync(desk => desk.EnableAsync(Administrator, Id, Cancel));

    [Fact]
    public Task ResetPassword() => AtDeskAsync(desk => desk.ResetPasswordAsync(Administrator, Id, Cancel));

    [Fact]
    public Task ResetTwoFactor() => AtDeskAsync(desk => desk.ResetTwoFactorAsync(Administrator, Id, Cancel));

    [Fact]
    public Task EndSessions() => AtDeskAsync(desk => desk.EndSessionsAsync(Administrator, Id, Cancel));

    [Fact]
    public Task Find() => WithPeopleAsync(
        async (people, _) =>
        {
            await people.FindByNameAsync("Grace");
            await people.FindByEmailAsync("grace@example.com");
            await people.FindByLoginAsync("https://id.example.com", "subject");
            await people.GetUsersForClaimAsync(OneTimePassword.Claim);
        },
        "FROM [operator_logins]");

    [Fact]
    public Task Claims() => WithPeopleAsync(
        async (people, person) =>
        {
            await people.GetClaimsAsync(person);
            await people.RemoveClaimAsync(person, new Claim("{}", "{}"));
            await people.AddClaimAsync(person, OneTimePassword.Claim);
        },
        "DELETE FROM [operator_claims]");

    [Fact]
    public Task Logins() => WithPeopleAsync(
        async (people, person) =>
        {
            Unanswered.Add("FROM [operator_logins]"); // nobody has it
            await people.GetLoginsAsync(person);
            await people.AddLoginAsync(person, new UserLoginInfo("https://id.example.com", "subject", "Example"));
        },
        "INSERT INTO [operator_logins]");

    [Fact]
    public Task TwoFactor() => WithPeopleAsync(
        async (people, person) =>
        {
            Unanswered.Add("FROM [operator_tokens]"); // there is no key yet
            await people.ResetAuthenticatorKeyAsync(person);
            await people.GenerateNewTwoFactorRecoveryCodesAsync(person, 10);
            await people.CountRecoveryCodesAsync(person);
        },
        "INSERT INTO [operator_tokens]");

    [Fact]
    public Task Lockout() => WithPeopleAsync(
        async (people, person) =>
        {
            await people.AccessFailedAsync(person);
            await people.ResetAccessFailedCountAsync(person);
        },
        "UPDATE [operators]");

    [Fact]
    public Task Delete() => WithPeopleAsync((people, person) => people.DeleteAsync(person), "DELETE FROM [operators]");

    private Task AtDeskAsync(Func<OperatorDesk, Task<OperatorAnswer>> act) =>
        BindsFullAsync(services => DoneAsync(services, act), "UPDATE [operators]", left: 40);

    private Task WithPeopleAsync(Func<UserManager<Operator>, Operator, Task> act, string mark) => BindsFullAsync(
        async services =>
        {
            var people = services.GetRequiredService<UserManager<Operator>>();
            var person = await people.FindByIdAsync(Id.ToString());
            await act(people, person.ShouldNotBeNull());
        },
        mark, left: 40);

    private static async Task DoneAsync(IServiceProvider services, Func<OperatorDesk, Task<OperatorAnswer>> act)
    {
        var answer = await act(services.GetRequiredService<OperatorDesk>());

        answer.Fault.ShouldBeNull();
    }
}
