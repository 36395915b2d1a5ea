using System.Net;
using Microsoft.Extensions.Logging;
using Webhooks.Core.Security.Network;
using Webhooks.Core.Telemetry;

namespace Webhooks.Core.Deliveries.Sending;

/// <summary>One HTTP exchange: sends the request, reads the answer, and says what that showed. It does not throw.</summary>
internal sealed class AttemptExchange(SocketsHttpHandler handler, int maxResponseBodyBytes, TimeProvider clock, ILogger<AttemptExchange> logger)
    : IDisposable
{
    // The invoker, not a client: no timeout of its own (the pipeline's rules), no buffering of the body.
    private readonly HttpMessageInvoker _invoker = new(handler);

    public void Dispose() => _invoker.Dispose();

    public async ValueTask<AttemptResult> RunAsync(PreparedAttempt attempt, CancellationToken cancellationToken)
    {
        var trace = new ConnectionTrace();
        using var span = AttemptSpan.Start(attempt);
        var content = new AttemptContent(attempt.Request.Payload);
        var started = clock.GetTimestamp();
        AnswerReader? answer = null;
        HttpResponseMessage? response = null;
        TimeSpan? firstByte = null;
        try
        {
            using var message = AttemptMessage.Create(attempt, content, trace, span?.Id ?? attempt.Request.TraceParent);
            response = await _invoker.SendAsync(message, cancellationToken);
            firstByte = clock.GetElapsedTime(started);
            answer = new AnswerReader(response, maxResponseBodyBytes);
            await answer.ReadBodyAsync(cancellationToken);
            return span.Finish(Answered(response, answer, Timings()));
        }
        catch (Exception e)
        {
            var isStopping = attempt.Shutdown.IsCancellationRequested;
            var isTimedOut = cancellationToken.IsCancellationRequested;
            var fault = AttemptFault.Classify(e, content.BytesMayHaveLeft, isStopping, isTimedOut, attempt.Timeout);
            if (fault.Code == AttemptErrorCodes.Internal)
                logger.AttemptFailedInternally(attempt.Request.DeliveryId, e);
            return span.Finish(Failed(fault, response, answer, Timings()));
        }
        finally
        {
            response?.Dispose();
        }

        AttemptTimings Timings() => new(trace.Dns, trace.Connect, trace.Tls, firstByte, clock.GetElapsedTime(started));
    }

    private AttemptResult Answered(HttpResponseMessage response, AnswerReader answer, AttemptTimings timings) => new()
    {
        Outcome = response.IsSuccessStatusCode ? AttemptOutcome.Delivered : AttemptOutcome.Rejected,
        StatusCode = (int)response.StatusCode,
        RetryAfter = RetryAfterOf(response),
        Timings = timings,
        ResponseHeaders = answer.Headers,
        ResponseBody = answer.Body,
        ErrorCode = response.IsSuccessStatusCode ? null : AttemptErrorCodes.HttpStatus,
        ErrorText = response.IsSuccessStatusCode ? null : RefusalText(response.StatusCode),
    };

    private AttemptResult Failed(AttemptFault fault, HttpResponseMessage? response, AnswerReader? answer, AttemptTimings timings) => new()
    {
        Outcome = fault.Outcome,
        OurFault = fault.IsOurs,
        StatusCode = (int?)response?.StatusCode,
        RetryAfter = response is null ? null : RetryAfterOf(response),
        Timings = timings,
        ResponseHeaders = answer?.Headers,
        ResponseBody = answer?.Body,
        ErrorCode = fault.Code,
        ErrorText = fault.Text,
    };

    private TimeSpan? RetryAfterOf(HttpResponseMessage response) =>
        !response.IsSuccessStatusCode && response.Headers.NonValidated.TryGetValues("Retry-After", out var values)
            ? RetryAfterHeader.Parse(values.ToString(), clock.GetUtcNow())
            : null;

    private static string RefusalText(HttpStatusCode status) => (int)status is >= 300 and < 400
        ? $"The endpoint answered {(int)status}; redirects are not followed."
        : $"The endpoint answered {(int)status}.";
}
