using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Webhooks.Core.Tests.Receivers;

/// <summary>A subscriber that is an ordinary web server, on a free loopback port.</summary>
internal sealed class KestrelReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private KestrelReceiver(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single() + "/hook";

    public static Task<KestrelReceiver> StartAsync(Action<HttpContext> handle) => StartAsync(context =>
    {
        handle(context);
        return Task.CompletedTask;
    });

    /// <param name="certificate">Listens by TLS, and offers HTTP/2, when given.</param>
    public static async Task<KestrelReceiver> StartAsync(Func<HttpContext, Task> handle, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
        {
            if (certificate is null)
                return;
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(certificate);
        }));
        if (certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();

        var app = builder.Build();
        app.Run(context => handle(context));
        await app.StartAsync();
        return new(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
