using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Webhooks.Protocol;

namespace Webhooks.EndToEndTests.Hosting;

/// <summary>One URL of a subscriber: verifies, records, and answers as the test says.</summary>
/// <param name="answer">The status, once it is time to answer; given the message's id and the attempt's number.</param>
internal sealed class SubscribedEndpoint(string name, Uri url, Func<string, int, Task<int>> answer)
{
    private static long _order;

    private readonly SymmetricSecret _secret = SymmetricSecret.Generate();
    private readonly ConcurrentQueue<ReceivedRequest> _received = new();
    private int _atOnce;
    private int _mostAtOnce;

    public string Name => name;

    public Uri Url => url;

    public string Secret => _secret.Reveal();

    public IReadOnlyCollection<ReceivedRequest> Received => _received;

    /// <summary>The API's id of it; set when it is made there.</summary>
    public string Id { get; set; } = "";

    /// <summary>Null for all.</summary>
    public string? EventType { get; init; }

    /// <summary>How many attempts may be under way to it; null for what the server is set to.</summary>
    public int? MaxInFlight { get; init; }

    /// <summary>How many requests it had to answer at once when they were most.</summary>
    public int MostAtOnce => Volatile.Read(ref _mostAtOnce);

    public bool Matches(string eventType) => EventType is null || EventType == eventType;

    public async Task HandleAsync(HttpContext context)
    {
        Arrive();
        try
        {
            await AnswerAsync(context);
        }
        finally
        {
            Interlocked.Decrement(ref _atOnce); // before the answer is on its way, so before the sender can take it to be over
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var order = Interlocked.Increment(ref _order);
        var headers = context.Request.Headers;
        var attempt = int.Parse(headers[WebhookHeaders.Attempt].ToString(), CultureInfo.InvariantCulture);
        var messageId = headers[WebhookHeaders.Id].ToString();
        var status = await answer(messageId, attempt);

        var signature = new WebhookVerifier([_secret], TimeProvider.System).Verify(
            messageId, headers[WebhookHeaders.Timestamp], headers[WebhookHeaders.Signature], body.ToArray());
        _received.Enqueue(new ReceivedRequest(
            order, messageId, attempt, headers[WebhookHeaders.PriorOutcome].ToString(),
            long.Parse(headers[WebhookHeaders.Sequence].ToString(), CultureInfo.InvariantCulture),
            headers[WebhookHeaders.IdempotencyKey].ToString(), body.ToArray(), Convert.ToHexString(SHA256.HashData(body.ToArray())),
            signature, status));
        context.Response.StatusCode = status;
    }

    private void Arrive()
    {
        var atOnce = Interlocked.Increment(ref _atOnce);
        while (Volatile.Read(ref _mostAtOnce) is var most && atOnce > most)
            Interlocked.CompareExchange(ref _mostAtOnce, atOnce, most);
    }
}
