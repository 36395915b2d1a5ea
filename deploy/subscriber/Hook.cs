using System.Collections.Concurrent;
using Webhooks.Protocol;

namespace Webhooks.Subscriber;

/// <summary>
/// Takes deliveries. Three rules are all that a subscriber needs: verify the bytes as they came, answer 2xx only after the work is done,
/// and do nothing twice for one <c>webhook-id</c>.
/// </summary>
internal sealed partial class Hook
{
    private const int MaxBodyBytes = 16 * 1024 * 1024;

    // A real subscriber keeps these in its database, written in the transaction of what they caused.
    private readonly ConcurrentDictionary<string, bool> _seen = new();
    private readonly WebhookVerifier _verifier;
    private readonly ILogger<Hook> _logger;

    public Hook(IConfiguration configuration, TimeProvider clock, ILogger<Hook> logger)
    {
        if (!SymmetricSecret.TryParse(configuration["Subscriber:Secret"], out var secret, out var error))
            throw new InvalidOperationException($"Subscriber:Secret is not the secret of an endpoint: {error}");
        _verifier = new WebhookVerifier([secret], clock);
        _logger = logger;
    }

    public async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        if (request.ContentLength is not <= MaxBodyBytes)
            return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);

        var body = new byte[request.ContentLength.Value];
        await request.Body.ReadExactlyAsync(body, request.HttpContext.RequestAborted);

        string? id = request.Headers[WebhookHeaders.Id];
        var result = _verifier.Verify(id, request.Headers[WebhookHeaders.Timestamp], request.Headers[WebhookHeaders.Signature], body);
        if (result != VerificationResult.Valid)
        {
            Refused(_logger, result);
            return TypedResults.Unauthorized();
        }

        var isNew = _seen.TryAdd(id!, true);
        Received(_logger, id!, isNew ? "new" : "seen before, nothing done", body.Length);
        return TypedResults.NoContent();
    }

    [LoggerMessage(1, LogLevel.Information, "{Id}: verified, {Novelty}, {Length} bytes")]
    private static partial void Received(ILogger logger, string id, string novelty, int length);

    [LoggerMessage(2, LogLevel.Warning, "Refused a request: {Result}")]
    private static partial void Refused(ILogger logger, VerificationResult result);
}
