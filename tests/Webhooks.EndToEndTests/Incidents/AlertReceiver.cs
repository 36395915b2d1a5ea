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
    private readonly ConcurrentQueue<(string Id, JsonElement Body)> _alerts = new();
    private readonly SemaphoreSlim _came = new(0);
    private readonly Func<TimeSpan> _answersAfter;
    private readonly WebApplication _app;

    private AlertReceiver(Func<TimeSpan> answersAfter)
    {
        _answersAfter = answersAfter;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    public Uri Url => new(_app.Urls.First());

    public string Secret => _secret.Reveal();

    /// <summary>What it answers. Nothing but 2xx means that it was told.</summary>
    public int Status { get; set; } = StatusCodes.Status204NoContent;

    /// <summary>The bodies, in the order in which they came.</summary>
    public IReadOnlyList<JsonElement> Alerts => [.. _alerts.Select(alert => alert.Body)];

    /// <summary>Their ids, in the same order; one that was sent twice is there twice.</summary>
    public IReadOnlyList<string> Ids => [.. _alerts.Select(alert => alert.Id)];

    /// <param name="answersAfter">How long it takes between having a message and saying so; null for no time.</param>
    public static async Task<AlertReceiver> StartAsync(Func<TimeSpan>? answersAfter, CancellationToken cancellationToken)
    {
        var receiver = new AlertReceiver(answersAfter ?? (() => TimeSpan.Zero));
        await receiver._app.StartAsync(cancellationToken);
        return receiver;
    }

    /// <summary>The newest message of a type; null when there is none yet.</summary>
    public JsonElement? Last(string type) =>
        Alerts.LastOrDefault(alert => alert.GetProperty("type").GetString() == type) is { ValueKind: JsonValueKind.Object } found ? found : null;

    /// <summary>Waits for a message, which is not answered yet then; not for ever, as there may be nothing to tell.</summary>
    public async Task ComesAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        while (await _came.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            // That one came before.
        }

        await _came.WaitAsync(within, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _came.Dispose();
    }

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

        var alert = JsonDocument.Parse(body.ToArray()).RootElement;
        if (alert.GetProperty("type").GetString() == "channel.heartbeat")
        {
            context.Response.StatusCode = Status; // nobody is told anything by a check
            return;
        }

        _alerts.Enqueue((headers[WebhookHeaders.Id].ToString(), alert));
        _came.Release();
        await Task.Delay(_answersAfter(), TimeProvider.System, context.RequestAborted);
        context.Response.StatusCode = Status;
    }
}
