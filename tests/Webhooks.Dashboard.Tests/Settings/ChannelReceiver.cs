using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Webhooks.Dashboard.Tests.Settings;

/// <summary>Where a channel of the type webhook posts to.</summary>
internal sealed class ChannelReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    public ChannelReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost("/alerts", TakeAsync);
    }

    public string Url => $"{_app.Urls.First()}/alerts";

    /// <summary>What it answers.</summary>
    public int Status { get; set; } = StatusCodes.Status204NoContent;

    /// <summary>The types of the messages that came.</summary>
    public ConcurrentQueue<string> Types { get; } = new();

    public Task StartAsync() => _app.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        Types.Enqueue(body.RootElement.GetProperty("type").GetString()!);
        context.Response.StatusCode = Status;
    }
}
