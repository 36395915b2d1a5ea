using Webhooks.Dashboard.Tests.Hosting;

namespace Webhooks.Dashboard.Tests.Endpoints;

/// <summary>All tests of endpoints and applications share one server.</summary>
[CollectionDefinition(Name)]
public sealed class EndpointPages : ICollectionFixture<DashboardSite>
{
    public const string Name = "Endpoints";
}
