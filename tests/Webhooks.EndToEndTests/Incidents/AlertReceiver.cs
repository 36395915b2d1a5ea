using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Webhooks.Protocol;

namespace Webhooks.EndToEndTests.Incidents;

/// <summary>Stands for whoever is told: verifies and keeps the messages of a channel. Outlives every server that is killed.</summary>
internal sealed class AlertReceiver : IAsyncDisposable
{
    private readonly SymmetricSecret _secret = SymmetricSecret.Generate();
    private readonly ConcurrentQueue<JsonElement> _alerts = new();
    private readonly WebApplication _app;

    private AlertReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    public Uri Url => new(_app.Urls.First());

    public string Secret => _secret.Reveal();

    /// <summary>The bodies, in the order in which they came.</summary>
    public IReadOnlyList<JsonElement> Alerts => [.. _alerts];

    public static async Task<AlertReceiver> StartAsync(CancellationToken cancellationToken)
    {
        var receiver = new AlertReceiver();
        await receiver._app.StartAsync(cancellationToken);
        return receiver;
    }

    /// <summary>The newest message of a type; null when there is none yet.</summary>
    public JsonElement? Last(string type) =>
        Alerts.LastOrDefault(alert => alert.GetProperty("type").GetString() == type) is { ValueKind: JsonValueKind.Object } found ? found : null;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = context.Request.Headers;
        var verified = new WebhookVerifier([_secret], TimeProvider.System).Verify(
            headers[WebhookHeaders.Id].ToString(), headers[WebhookHeaders.Timestamp], headers[WebhookHeaders.Signature], body.ToArray());
        if (verified != VerificationResult.Valid)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        _alerts.Enqueue(JsonDocument.Parse(body.ToArray()).RootElement);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
