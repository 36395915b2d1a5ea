using System.Globalization;
using System.Net;
using System.Reflection;
using Webhooks.Core.Security.Network;
using Webhooks.Protocol;

namespace Webhooks.Core.Deliveries.Sending;

/// <summary>Writes the HTTP request of an attempt (design: "On the wire").</summary>
internal static class AttemptMessage
{
    public static readonly string UserAgent =
        UserAgentOf(typeof(AttemptMessage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);

    /// <param name="traceParent">The context of this attempt's span, or the message's own where nobody traces; null for none.</param>
    public static HttpRequestMessage Create(PreparedAttempt attempt, AttemptContent content, ConnectionTrace trace, string? traceParent)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, attempt.Url)
        {
            Content = content,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower, // HTTP/2 where TLS negotiates it, 1.1 elsewhere
        };
        message.Options.Set(ConnectionTrace.Key, trace);

        // The API refuses such headers. One that got stored under an older rule is left out: the delivery matters more.
        foreach (var (name, value) in attempt.EndpointHeaders)
        {
            if (EndpointHeaderRule.FindFault(name, value) is null)
                message.Headers.TryAddWithoutValidation(name, value);
        }

        AddOwnHeaders(message, attempt, traceParent);
        return message;
    }

    private static void AddOwnHeaders(HttpRequestMessage message, PreparedAttempt attempt, string? traceParent)
    {
        var headers = message.Headers;
        var request = attempt.Request;
        headers.TryAddWithoutValidation("user-agent", UserAgent);
        headers.TryAddWithoutValidation(WebhookHeaders.Id, attempt.MessageId);
        headers.TryAddWithoutValidation(WebhookHeaders.Timestamp, WebhookTimestamp.Format(attempt.Timestamp));
        headers.TryAddWithoutValidation(WebhookHeaders.Signature, attempt.Signature);
        headers.TryAddWithoutValidation(WebhookHeaders.IdempotencyKey, attempt.MessageId);
        headers.TryAddWithoutValidation(WebhookHeaders.Attempt, request.Number.ToString(CultureInfo.InvariantCulture));
        headers.TryAddWithoutValidation(WebhookHeaders.PriorOutcome, NameOf(request.PriorOutcome));
        headers.TryAddWithoutValidation(WebhookHeaders.Sequence, request.Sequence.ToString(CultureInfo.InvariantCulture));
        if (request.IsReplay)
            headers.TryAddWithoutValidation(WebhookHeaders.Replay, "true");
        if (traceParent is not null)
            headers.TryAddWithoutValidation("traceparent", traceParent);
    }

    /// <summary>The name by which a node of a version goes.</summary>
    public static string UserAgentOf(string version) => $"Webhooks/{version}";

    /// <summary>The word of <c>webhook-prior-outcome</c>.</summary>
    public static string NameOf(AttemptOutcome? prior) => prior switch
    {
        null => PriorOutcomes.None,
        AttemptOutcome.Rejected => PriorOutcomes.Rejected,
        AttemptOutcome.NotSent => PriorOutcomes.NotSent,
        // After Delivered comes a resend that a human asked for. The receiver has the message, and "unknown" is the word that says it may.
        _ => PriorOutcomes.Unknown,
    };
}
