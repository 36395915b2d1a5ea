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

    /// <summary>The first of them, as this machine itself reaches it.</summary>
    public static Uri Local(IConfiguration configuration)
    {
        var url = configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } urls ? urls.Split(';')[0]
            : configuration[WebHostDefaults.HttpPortsKey] is { Length: > 0 } ports ? $"http://localhost:{ports.Split(';')[0]}"
            : Default;
        var address = BindingAddress.Parse(url);
        return new UriBuilder(address.Scheme, "localhost", address.Port).Uri;
    }
}
