using System.Net;
using Webhooks.Protocol;

namespace Webhooks.Core.Deliveries.Sending;

/// <summary>Writes the request of a receipt check: signed as an attempt is, over an empty body.</summary>
internal static class ReceiptMessage
{
    /// <param name="url">The endpoint's receipt URL.</param>
    public static HttpRequestMessage Create(Uri url, string messageId, DateTimeOffset timestamp, string signature, string? traceParent)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, WithId(url, messageId))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };

        // None of the endpoint's own headers: they are meant for its URL, and this may be another host.
        message.Headers.TryAddWithoutValidation("user-agent", AttemptMessage.UserAgent);
        message.Headers.TryAddWithoutValidation("accept", "application/json");
        message.Headers.TryAddWithoutValidation(WebhookHeaders.Id, messageId);
        message.Headers.TryAddWithoutValidation(WebhookHeaders.Timestamp, WebhookTimestamp.Format(timestamp));
        message.Headers.TryAddWithoutValidation(WebhookHeaders.Signature, signature);
        if (traceParent is not null)
            message.Headers.TryAddWithoutValidation("traceparent", traceParent);
        return message;
    }

    private static Uri WithId(Uri url, string messageId) =>
        new($"{url.AbsoluteUri}{(url.Query.Length == 0 ? "?" : "&")}id={messageId}", UriKind.Absolute);
}
