using Microsoft.Extensions.Options;
using Webhooks.Core.Operators;
using Webhooks.Server.Dashboard;
using Webhooks.Server.Dashboard.Access.OpenId;

namespace Webhooks.Dashboard.Tests.Access;

public sealed class IdentityProviderOptionsTests
{
    private static readonly IdentityProviderOptions Good = new()
    {
        Authority = "https://login.example.com", ClientId = "webhooks", Administrators = ["admins"], Operators = ["ops"], Viewers = ["staff", "guests"],
    };

    [Fact]
    public void RoleOf_SeveralValues_IsTheHighest() => Good.RoleOf(["staff", "ops", "other"]).ShouldBe(OperatorRole.Operator);

    [Fact]
    public void RoleOf_ValuesThatMeanNothing_IsNone() => Good.RoleOf(["Admins", "other"]).ShouldBeNull();

    [Fact]
    public void Rules_GoodSettings_FindNothing() => Faults(Good).ShouldBeEmpty();

    [Fact]
    public void Rules_NothingButAPlainAddress_TellAllFaults() => Faults(new() { Authority = "http://login.example.com" })
        .ShouldBe(
        [
            "Webhooks:Dashboard:OpenIdConnect:Authority must be an https address, such as https://login.example.com; http only on this machine.",
            "Webhooks:Dashboard:OpenIdConnect:ClientId must be set with Webhooks:Dashboard:OpenIdConnect:Authority.",
            "Webhooks:Dashboard:OpenIdConnect:Administrators, Webhooks:Dashboard:OpenIdConnect:Operators or Webhooks:Dashboard:OpenIdConnect:Viewers "
            + "must name a value of the claim 'roles': nobody could sign in.",
        ]);

    [Fact]
    public void Rules_NeitherPasswordsNorProvider_SayThatNobodyCouldSignIn() =>
        Faults(new(), new DashboardOptions { AllowPasswords = false }).ShouldHaveSingleItem().ShouldContain("nobody could sign in");

    private static IEnumerable<string> Faults(IdentityProviderOptions options, DashboardOptions? dashboard = null) =>
        new IdentityProviderRules(Options.Create(dashboard ?? new DashboardOptions())).Validate(null, options).Failures ?? [];
}
