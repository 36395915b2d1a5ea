using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Webhooks.Core.Security.Network;
using Webhooks.Core.Security.Signing;

namespace Webhooks.Core.Deliveries.Sending;

/// <summary>
/// Asks the subscriber whether it has a message, before that is sent again after an unknown outcome. It spares a duplicate and nothing
/// else: whatever goes wrong here, the message is sent. It touches no database and does not throw.
/// </summary>
internal sealed class ReceiptCheck(
    SocketsHttpHandler handler, SignerCache signers, DeliveryOptions options, TimeProvider clock, ILogger<ReceiptCheck> logger)
    : IDisposable
{
    /// <summary>Taken from the lease's margin, which leaves enough of it to send, once more, and to record.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private const int MaxBodyBytes = 4_096;

    // Not the pools of the attempts: a receipt URL that hangs must not take a connection from them.
    private readonly HttpMessageInvoker _invoker = new(handler);

    public void Dispose() => _invoker.Dispose();

    /// <param name="shutdown">Cancelled when the node stops.</param>
    public async Task<ReceiptFinding> AskAsync(AttemptRequest request, string receiptUrl, CancellationToken shutdown)
    {
        using var timeout = new CancellationTokenSource(Timeout, clock);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(shutdown, timeout.Token);
        try
        {
            var url = new Uri(receiptUrl, UriKind.Absolute);
            if (options.RequireHttps && url.Scheme != Uri.UriSchemeHttps)
                return ReceiptFinding.NoAnswer("The receipt URL must use https; it was not asked.");

            using var message = Prepare(request, url);
            using var response = await _invoker.SendAsync(message, ends.Token);
            return await ReadAsync(response, ends.Token);
        }
        catch (Exception e)
        {
            return ReceiptFinding.NoAnswer(WhyNot(e, request.DeliveryId, shutdown.IsCancellationRequested));
        }
    }

    private HttpRequestMessage Prepare(AttemptRequest request, Uri url)
    {
        var messageId = request.MessageId.ToString();
        var now = clock.GetUtcNow();
        var signature = signers.Get(request.ProtectedSecrets).Sign(messageId, now, []);
        return ReceiptMessage.Create(url, messageId, now, signature, request.TraceParent);
    }

    private static async Task<ReceiptFinding> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.NotFound)
            return ReceiptFinding.NotProcessed;
        if (response.StatusCode != HttpStatusCode.OK)
            return ReceiptFinding.NoAnswer($"The receipt URL answered {(int)response.StatusCode}, which says nothing.");

        var answer = new AnswerReader(response, MaxBodyBytes);
        await answer.ReadBodyAsync(cancellationToken);
        return SaysProcessed(answer.Body)
            ? ReceiptFinding.Processed
            : ReceiptFinding.NoAnswer("The receipt URL answered 200 without {\"status\":\"processed\"}, which says nothing.");
    }

    private static bool SaysProcessed(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("status", out var status)
                && status.ValueKind == JsonValueKind.String && status.ValueEquals("processed"u8);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter for half of a surrogate pair
        {
            return false;
        }
    }

    private string WhyNot(Exception exception, DeliveryId delivery, bool isStopping)
    {
        switch (exception)
        {
            case OperationCanceledException when isStopping:
                return "This service stopped before the receipt URL answered.";
            case OperationCanceledException:
                return $"The receipt URL did not answer within {Timeout.TotalSeconds:0} seconds.";
            case HttpRequestException { InnerException: EndpointConnectException connect }:
                return $"The receipt URL could not be reached. {connect.Message}";
            case HttpRequestException or IOException:
                return "The receipt URL gave no complete answer, or none that is valid HTTP.";
            default:
                logger.ReceiptCheckFailedInternally(delivery, exception);
                return $"This service failed to ask the receipt URL ({exception.GetType().Name}); its log tells more.";
        }
    }
}
