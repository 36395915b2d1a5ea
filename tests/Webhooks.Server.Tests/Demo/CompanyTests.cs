using Webhooks.Server.Demo.Cast;

namespace Webhooks.Server.Tests.Demo;

public sealed class CompanyTests
{
    private static readonly IReadOnlyList<CastEndpoint> Endpoints = [.. Company.Applications.SelectMany(app => app.Endpoints)];

    /// <summary>RFC 2606 and RFC 6761: nobody can own them, so nobody is ever reached.</summary>
    [Fact]
    public void Endpoints_Hosts_AreReservedOnes() => Endpoints.Select(endpoint => new Uri(endpoint.Url).Host).ShouldAllBe(
        host => host.EndsWith(".example", StringComparison.Ordinal) || host.EndsWith(".test", StringComparison.Ordinal)
            || host.EndsWith(".invalid", StringComparison.Ordinal));

    [Fact]
    public void Endpoints_EventTypes_AreInTheCatalogue() => Endpoints.SelectMany(endpoint => endpoint.EventTypes ?? []).Distinct()
        .ShouldBeSubsetOf(EventCatalogue.Kinds.Select(kind => kind.Name));

    [Fact]
    public void Endpoints_Roles_AreEachPlayedOnce()
    {
        var roles = typeof(Roles).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToList();

        roles.ShouldNotBeEmpty();
        roles.ShouldAllBe(role => Endpoints.Count(endpoint => endpoint.Uid == role) == 1);
    }

    [Fact]
    public void Applications_Uids_AreUnique() => Company.Applications.Select(app => app.Uid).ShouldBeUnique();
}
