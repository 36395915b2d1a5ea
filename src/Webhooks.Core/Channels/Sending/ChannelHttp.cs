using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Text;
using Microsoft.Extensions.Options;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Deliveries.Sending;
using Webhooks.Core.Notifications.Texts;

namespace Webhooks.Core.Channels.Sending;

/// <summary>
/// Posts JSON to channels, under the rules of deliveries: only to addresses that are allowed, no redirects, nothing remembered, no more
/// read than a sentence needs.
/// </summary>
internal sealed class ChannelHttp : IDisposable
{
    /// <summary>How long one request may take, from connect to the answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private const int MaxAnswerBytes = 1_024;
    private const int MaxQuoted = 200;

    private readonly HttpMessageInvoker _invoker;
    private readonly ChannelNetwork _network;
    private readonly TimeProvider _clock;

    public ChannelHttp(
        IOptions<DeliveryOptions> deliveries, ChannelNetwork network, TrustedAuthorities authorities, TimeProvider clock)
    {
        var tls = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = authorities.IsTrusted };
        _invoker = new HttpMessageInvoker(DeliveryHandler.Create(deliveries.Value, network.Connector, tls));
        (_network, _clock) = (network, clock);
    }

    /// <param name="secrets">What must not be in the error, should the answer repeat it.</param>
    public async Task<ChannelAnswer> PostAsync(
        Uri address, byte[] json, IReadOnlyList<string> secrets, CancellationToken cancellationToken,
        params IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        // The deployment may have come to be stricter since the address was given.
        if (_network.UrlRule.FindFault(address.AbsoluteUri) is { } fault)
            return ChannelAnswer.Refused(fault);

        using var content = new ByteArrayContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        request.Headers.TryAddWithoutValidation("user-agent", AttemptMessage.UserAgent);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);

        try
        {
            using var response = await _invoker.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode ? ChannelAnswer.Taken : await RefusalAsync(response, secrets, cancellationToken);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException || IsSlowToConnect(broken))
        {
            // Whether anything left makes no difference to what follows: it is sent again, and people can bear to be told twice.
            return ChannelAnswer.Failed(AttemptFault.Classify(broken, sent: false, isStopping: false, isTimedOut: false, Timeout).Text);
        }
    }

    public void Dispose() => _invoker.Dispose();

    private async Task<ChannelAnswer> RefusalAsync(
        HttpResponseMessage response, IReadOnlyList<string> secrets, CancellationToken cancellationToken)
    {
        var answer = new AnswerReader(response, MaxAnswerBytes);
        await answer.ReadBodyAsync(cancellationToken);
        var text = OneLine.Of(Encoding.UTF8.GetString(answer.Body), MaxQuoted);
        var error = text.Length == 0 || secrets.Any(secret => text.Contains(secret, StringComparison.Ordinal))
            ? $"It answered {(int)response.StatusCode}."
            : $"It answered {(int)response.StatusCode}: {text}";
        return MayPass(response.StatusCode)
            ? ChannelAnswer.Failed(error, RetryAfterHeader.Parse(response.Headers.RetryAfter?.ToString(), _clock.GetUtcNow()))
            : ChannelAnswer.Refused(error);
    }

    // The handler's own time limit looks like a cancellation, which it is not: nobody wanted to stop.
    private static bool IsSlowToConnect(Exception fault) => fault is OperationCanceledException { InnerException: TimeoutException };

    // 409 and 425 are answers to a request that met another one of the same.
    private static bool MayPass(HttpStatusCode status) =>
        (int)status >= 500
        || status is HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or (HttpStatusCode)425 or HttpStatusCode.TooManyRequests;
}
