using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.Dashboard.Tests.Hosting;

/// <summary>The site over the demonstration's week, so that every page has something on it.</summary>
public sealed class DemoSite : DashboardSite
{
    private static readonly TimeSpan AWhile = TimeSpan.FromMinutes(8);

    protected override async Task PrepareAsync()
    {
        Home.Settings["Webhooks__Portal__Name"] = "Acme events";
        await using var demo = ServerProcess.Start(Home, "demo", "--seed", "7");
        (await demo.ExitAsync(AWhile, TestContext.Current.CancellationToken)).ShouldBe(0, demo.Output);
    }
}
