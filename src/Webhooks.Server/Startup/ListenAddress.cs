namespace Webhooks.Server.Startup;

/// <summary>Where the server listens when nobody says.</summary>
internal static class ListenAddress
{
    private const string Default = "http://localhost:8080";

    private static readonly string[] Settings = [WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];

    // Not in appsettings.json: that would win over ASPNETCORE_URLS and ASPNETCORE_HTTP_PORTS, which container images set.
    public static void UseDefaultAddress(this WebApplicationBuilder builder)
    {
        if (Settings.All(setting => string.IsNullOrEmpty(builder.Configuration[setting])))
            builder.WebHost.UseUrls(Default);
    }
}
