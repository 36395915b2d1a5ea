using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Webhooks.Core.Security;
using Webhooks.Core.Security.Signing;

namespace Webhooks.Core.Deliveries.Sending;

/// <summary>Makes one attempt: signs and sends the payload and says what that showed. It touches no database and does not throw.</summary>
internal sealed class DeliverySender(
    AttemptPipelines pipelines,
    SignerCache signers,
    HeaderCache headers,
    DeliveryOptions options,
    ILogger<DeliverySender> logger)
{
    /// <param name="startedAt">What is signed and sent as <c>webhook-timestamp</c>: the time that stays on record with the attempt.</param>
    /// <param name="shutdown">Cancelled when the node stops: what has not been sent is released, what has been sent is Unknown.</param>
    public ValueTask<AttemptResult> SendAsync(AttemptRequest request, DateTimeOffset startedAt, CancellationToken shutdown)
    {
        PreparedAttempt attempt;
        try
        {
            attempt = Prepare(request, startedAt, shutdown);
        }
        catch (CryptographicException e)
        {
            logger.SecretUnreadable(request.EndpointId, e);
            return ValueTask.FromResult(AttemptVerdicts.Own(
                AttemptErrorCodes.SecretUnreadable, "The endpoint's secrets or headers cannot be decrypted; this service's operator must restore its keys."));
        }
        catch (Exception e)
        {
            logger.AttemptFailedInternally(request.DeliveryId, e);
            return ValueTask.FromResult(AttemptVerdicts.Own(
                AttemptErrorCodes.Internal, $"This service failed before anything was sent ({e.GetType().Name}); its log tells more."));
        }

        if (options.RequireHttps && attempt.Url.Scheme != Uri.UriSchemeHttps)
            return ValueTask.FromResult(AttemptVerdicts.NotSent(AttemptErrorCodes.HttpsRequired, "The endpoint's URL must use https."));
        return pipelines.ExecuteAsync(attempt);
    }

    // Before the pipeline: a fault in here is ours and must not reach the endpoint's breaker.
    private PreparedAttempt Prepare(AttemptRequest request, DateTimeOffset startedAt, CancellationToken shutdown)
    {
        var messageId = request.MessageId.ToString();
        var signature = signers.Get(request.ProtectedSecrets).Sign(messageId, startedAt, request.Payload.Span);
        return new(
            request, new Uri(request.Url, UriKind.Absolute), messageId, startedAt, signature, headers.Get(request.ProtectedHeaders),
            TimeoutOf(request), shutdown);
    }

    // The lease may have been made shorter since the endpoint's time was set; past it the delivery could be sent twice at once.
    private TimeSpan TimeoutOf(AttemptRequest request) =>
        request.Timeout is not { } own ? options.AttemptTimeout
        : own < options.LongestAttemptTimeout ? own
        : options.LongestAttemptTimeout;
}
