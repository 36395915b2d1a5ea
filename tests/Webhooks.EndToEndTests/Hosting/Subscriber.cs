using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Webhooks.EndToEndTests.Hosting;

/// <summary>A receiver in the test's own process, so that it outlives every server that is killed.</summary>
internal sealed class Subscriber : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, SubscribedEndpoint> _endpoints = new();
    private readonly ConcurrentDictionary<string, RequestDelegate> _others = new();
    private readonly WebApplication _app;

    private Subscriber()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public IReadOnlyCollection<SubscribedEndpoint> Endpoints => [.. _endpoints.Values.OrderBy(endpoint => endpoint.Name, StringComparer.Ordinal)];

    private Uri Address => new(_app.Urls.First());

    public static async Task<Subscriber> StartAsync(CancellationToken cancellationToken)
    {
        var subscriber = new Subscriber();
        await subscriber._app.StartAsync(cancellationToken);
        return subscriber;
    }

    /// <inheritdoc cref="SubscribedEndpoint"/>
    public SubscribedEndpoint Add(string name, Func<string, int, Task<int>> answer, string? eventType = null, int? maxInFlight = null) =>
        _endpoints[$"/{name}"] = new SubscribedEndpoint(name, new Uri(Address, name), answer)
        {
            EventType = eventType,
            MaxInFlight = maxInFlight,
        };

    /// <summary>A URL that is no endpoint.</summary>
    public Uri AddRaw(string name, RequestDelegate handle)
    {
        _others[$"/{name}"] = handle;
        return new Uri(Address, name);
    }

    public async ValueTask DisposeAsync()
    {
        // Sends that the server gave up are not waited for.
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private Task HandleAsync(HttpContext context)
    {
        if (_endpoints.TryGetValue(context.Request.Path, out var endpoint))
            return endpoint.HandleAsync(context);
        if (_others.TryGetValue(context.Request.Path, out var handle))
            return handle(context);

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
