using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Webhooks.Core.Tests.Receivers;

namespace Webhooks.Core.Tests.Channels;

/// <summary>A web server that keeps what it is told, and answers as it is told to.</summary>
internal sealed class HttpReceiver : IAsyncDisposable
{
    private KestrelReceiver _server = null!;

    public ConcurrentQueue<HttpTold> Requests { get; } = new();

    /// <summary>The address without a path.</summary>
    public string Address => _server.Url[..^"/hook".Length];

    public HttpTold Single => Requests.ShouldHaveSingleItem();

    /// <param name="answer">Given which request it is, from 1.</param>
    public static async Task<HttpReceiver> StartAsync(Func<HttpContext, int, Task>? answer = null)
    {
        var receiver = new HttpReceiver();
        receiver._server = await KestrelReceiver.StartAsync(async context =>
        {
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            receiver.Requests.Enqueue(new(
                context.Request.Path, body, context.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString())));
            if (answer is not null)
                await answer(context, receiver.Requests.Count);
        });
        return receiver;
    }

    public static Task<HttpReceiver> AnsweringAsync(int status, string body = "", string? retryAfter = null) => StartAsync((context, _) =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter;
        return context.Response.WriteAsync(body);
    });

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}

/// <summary>What came.</summary>
internal sealed record HttpTold(string Path, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public void ShouldBeJson(string expected) =>
        JsonNode.DeepEquals(JsonNode.Parse(Body), JsonNode.Parse(expected)).ShouldBeTrue($"{Body}\nis not\n{expected}");
}
