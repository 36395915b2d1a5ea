using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.Text.Json;

namespace Webhooks.Benchmarks.Receiving;

/// <summary>
/// A bare Kestrel that reads the body and answers: 204 as a subscriber, 202 with a small body as the simplest thing that could accept an event.
/// No routing, no logging, no middleware.
/// </summary>
internal static class ReceiverProgram
{
    public const string Command = "receiver";

    public const string Counts = "/counts";
    public const string Latencies = "/latencies";
    public const string Reset = "/reset";

    /// <summary>A subscriber that counts.</summary>
    public const string Counted = "/counted";

    /// <summary>A subscriber that also compares the time in the body with its own. Stopwatch ticks are the machine's monotonic clock.</summary>
    public const string Timed = "/timed";

    /// <summary>A subscriber that reads the request and never answers.</summary>
    public const string Hanging = "/hanging";

    /// <summary>Answers as the API does after a commit.</summary>
    public const string Accepting = "/accepting";

    private static readonly byte[] Accepted = """{"id":"msg_01h2xcejqtf2nbrexx3vqjhp41","eventType":"invoice.paid"}"""u8.ToArray();

    private static ReceiverState _state = new();

    public static async Task<int> RunAsync(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        await using var app = builder.Build();
        app.Run(AnswerAsync);
        await app.RunAsync();
        return 0;
    }

    private static Task AnswerAsync(HttpContext context) => context.Request.Path.Value switch
    {
        Counts => JsonSerializer.SerializeAsync(context.Response.Body, _state.Counts()),
        Latencies => JsonSerializer.SerializeAsync(context.Response.Body, _state.Latencies()),
        Reset => ResetAsync(context),
        Hanging => HangAsync(context),
        Accepting => AcceptAsync(context),
        Timed => ReceiveTimedAsync(context),
        _ => ReceiveAsync(context),
    };

    private static Task ResetAsync(HttpContext context)
    {
        _state = new ReceiverState();
        return context.Response.WriteAsync("null");
    }

    private static async Task HangAsync(HttpContext context)
    {
        await DrainAsync(context.Request);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task AcceptAsync(HttpContext context)
    {
        await DrainAsync(context.Request);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Accepted.Length;
        await context.Response.Body.WriteAsync(Accepted);
    }

    private static async Task ReceiveAsync(HttpContext context)
    {
        _state.Arrived();
        await DrainAsync(context.Request);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task ReceiveTimedAsync(HttpContext context)
    {
        var arrivedAt = Stopwatch.GetTimestamp();
        _state.Arrived();
        var body = new ArrayBufferWriter<byte>();
        while (await context.Request.Body.ReadAsync(body.GetMemory(1_024)) is > 0 and var read)
            body.Advance(read);
        if (SentAt(body.WrittenSpan) is { } sentAt)
            _state.Timed(Stopwatch.GetElapsedTime(sentAt, arrivedAt));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static long? SentAt(ReadOnlySpan<byte> body)
    {
        var start = body.IndexOf("\"sentAt\":"u8);
        return start >= 0 && Utf8Parser.TryParse(body[(start + 9)..], out long ticks, out _) && ticks > 0 ? ticks : null;
    }

    private static async Task DrainAsync(HttpRequest request)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(4_096);
        while (await request.Body.ReadAsync(buffer) > 0)
        {
            // Only reading counts here.
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }
}
