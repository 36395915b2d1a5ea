namespace Webhooks.Dashboard.Tests.Hosting;

/// <summary>A site whose people can be told of incidents. Tests of failures share it, each with its own application.</summary>
public sealed class FailuresSite : DashboardSite
{
    protected override async Task PrepareAsync()
    {
        Home.Settings["Webhooks__Notifications__AllowPlaintext"] = "true";
        Home.Settings["Webhooks__Notifications__AllowedNetworks__0"] = "127.0.0.0/8";
        await base.PrepareAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class Failures : ICollectionFixture<FailuresSite>
{
    public const string Name = "Failures";
}
