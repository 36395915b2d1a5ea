using Microsoft.AspNetCore.Http;

namespace Webhooks.Core.Http.Problems;

/// <summary>The errors of the API. The codes are part of the contract: programs branch on them.</summary>
internal static class ApiProblems
{
    public static Problem BadRequest(string code, string detail) => new(StatusCodes.Status400BadRequest, new HttpErrorOut(code, detail));

    public static Problem NotAuthenticated() => Of(
        StatusCodes.Status401Unauthorized, "authentication_failed",
        "The API key is missing, wrong, expired or revoked. Send a live one as 'Authorization: Bearer <key>'.");

    public static Problem Forbidden() => Of(
        StatusCodes.Status403Forbidden, "permission_denied",
        "This API key's scope does not cover this operation. Use a key with full access.");

    public static Problem NotFound() => Of(
        StatusCodes.Status404NotFound, "not_found",
        "There is no such resource, or this API key may not see it. Check the address and the ids in it.");

    public static Problem MethodNotAllowed() => Of(
        StatusCodes.Status405MethodNotAllowed, "method_not_allowed", "This address knows other methods: see the Allow header.");

    public static Problem Conflict(string detail, string code = "conflict") => Of(StatusCodes.Status409Conflict, code, detail);

    public static Problem IdempotencyKeyReused() => Conflict(
        "This Idempotency-Key was used for another request and is still remembered. Use a new key for each request, and the same one only "
        + "to repeat it.",
        "idempotency_key_reused");

    public static Problem PayloadTooLarge(long limit) => Of(
        StatusCodes.Status413PayloadTooLarge, "payload_too_large",
        $"The body is longer than {limit:N0} bytes. Send a reference instead of the data.");

    public static Problem UnsupportedMediaType() => Of(
        StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type",
        "The body must be JSON. Send it with 'Content-Type: application/json'.");

    public static Problem Invalid(params IReadOnlyList<ValidationErrorItem> faults) =>
        new(StatusCodes.Status422UnprocessableEntity, new HTTPValidationError(faults));

    public static Problem Invalid(string[] loc, string message) => Invalid(new ValidationErrorItem(loc, message));

    public static Problem TooManyRequests(TimeSpan retryAfter) => new(
        StatusCodes.Status429TooManyRequests,
        new HttpErrorOut(
            "too_many_requests", "More is coming in than can be written just now. Nothing was done; send the same request again after Retry-After."),
        retryAfter);

    public static Problem RateLimited(int requestsPerSecond, TimeSpan retryAfter) => new(
        StatusCodes.Status429TooManyRequests,
        new HttpErrorOut(
            "rate_limited",
            $"This API key may make {requestsPerSecond:N0} requests per second and has made more. Nothing was done; send the same request "
            + "again after Retry-After."),
        retryAfter);

    public static Problem ServerError() => Of(
        StatusCodes.Status500InternalServerError, "server_error",
        "The service failed; the fault is logged. Send the same request with the same Idempotency-Key again.");

    public static Problem Unavailable(string detail) => Of(StatusCodes.Status503ServiceUnavailable, "unavailable", detail);

    public static Problem NotWritable(TimeSpan retryAfter) => new(
        StatusCodes.Status503ServiceUnavailable,
        new HttpErrorOut(
            "unavailable",
            "The database can't do this just now; the fault is logged. Send the same request with the same Idempotency-Key again after Retry-After."),
        retryAfter);

    /// <summary>The body for a status that something below the API decided: routing, Kestrel, a middleware.</summary>
    public static Problem ForStatus(int statusCode) => statusCode switch
    {
        StatusCodes.Status401Unauthorized => NotAuthenticated(),
        StatusCodes.Status403Forbidden => Forbidden(),
        StatusCodes.Status404NotFound => NotFound(),
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed(),
        StatusCodes.Status413PayloadTooLarge => Of(
            statusCode, "payload_too_large", "The body is too long. Send a reference instead of the data."),
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType(),
        StatusCodes.Status503ServiceUnavailable => Unavailable("The service is not ready. Send the same request again in a moment."),
        >= StatusCodes.Status500InternalServerError => ServerError(),
        _ => Of(statusCode, "bad_request", "The request can't be read. Check its method, headers and body against the API's description."),
    };

    private static Problem Of(int statusCode, string code, string detail) => new(statusCode, new HttpErrorOut(code, detail));
}
