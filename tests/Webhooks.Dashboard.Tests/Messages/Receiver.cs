using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Webhooks.Dashboard.Tests.Messages;

/// <summary>A subscriber that answers what the test says, body and headers included.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private Func<HttpResponse, Task> _answer;

    private Receiver(Func<HttpResponse, Task> answer)
    {
        _answer = answer;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(context =>
        {
            LastHeaders = context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
            return Volatile.Read(ref _answer)(context.Response);
        });
    }

    /// <summary>What the last request carried, by names in small letters; null before the first.</summary>
    public IReadOnlyDictionary<string, string>? LastHeaders { get; private set; }

    public Uri Url => new(new Uri(_app.Urls.First()), "hook");

    /// <summary>What it answers from now on.</summary>
    public Func<HttpResponse, Task> Answer
    {
        set => Volatile.Write(ref _answer, value);
    }

    public static async Task<Receiver> StartAsync(Func<HttpResponse, Task> answer, CancellationToken cancellationToken)
    {
        var receiver = new Receiver(answer);
        await receiver._app.StartAsync(cancellationToken);
        return receiver;
    }

    public static Func<HttpResponse, Task> With(int status, string body = "") => response =>
    {
        response.StatusCode = status;
        return response.WriteAsync(body);
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
