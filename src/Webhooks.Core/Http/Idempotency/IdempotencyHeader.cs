using Microsoft.AspNetCore.Http;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Http.Idempotency;

/// <summary>Reads a POST's <c>Idempotency-Key</c> (draft-ietf-httpapi-idempotency-key-header).</summary>
internal static class IdempotencyHeader
{
    private const string Name = "Idempotency-Key";
    private const int MaxLength = 256;

    /// <returns>Neither for a request without a key; otherwise the claim, or why it is refused.</returns>
    public static async ValueTask<(IdempotencyClaim? Claim, Problem? Refusal)> ReadAsync(HttpContext context)
    {
        var values = context.Request.Headers[Name];
        if (!HttpMethods.IsPost(context.Request.Method) || values.Count == 0)
            return default;

        if (values is not [{ Length: >= 1 and <= MaxLength } key] || key.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return (null, ApiProblems.Invalid(["header", "idempotency-key"], "Must be 1 to 256 printable ASCII characters, given once."));

        var bytes = await RequestBytes.ReadAsync(context);
        return bytes.Body is { } body
            ? (new IdempotencyClaim(Caller.Of(context).KeyId, key, RequestHash.Of(context.Request, body.Span)), null)
            : (null, ApiProblems.PayloadTooLarge(bytes.Limit));
    }
}
