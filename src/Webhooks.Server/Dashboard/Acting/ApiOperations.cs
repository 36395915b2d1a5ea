using System.Collections.Frozen;
using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Webhooks.Core.ApiKeys;
using Webhooks.Core.Data;
using Webhooks.Core.Http.Problems;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Webhooks.Server.Dashboard.Acting;

/// <summary>
/// The API's operations, called by name inside this process: pages change things through the same rules, the same transaction and the same
/// audit log as any other client, and can do nothing that the API can't.
/// </summary>
internal sealed class ApiOperations(
    EndpointDataSource endpoints, IServiceScopeFactory scopes, IWebhooksSql sql, ILogger<ProblemsMiddleware> logger,
    IOptions<JsonOptions> json, IOptions<RateLimiterOptions> limits)
{
    private readonly Lazy<FrozenDictionary<string, RouteEndpoint>> _operations = new(() => endpoints.Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName.StartsWith("v1.", StringComparison.Ordinal) == true)
        .ToFrozenDictionary(e => e.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName));

    /// <param name="operation">Its name in the API's description.</param>
    /// <param name="slots">The values of its path's slots and of its query, an object whose properties are named like them.</param>
    /// <param name="body">What is sent as JSON; null for none.</param>
    /// <exception cref="ArgumentException">There is no such operation.</exception>
    public async Task<Reply> CallAsync(
        Caller caller, Uri address, string operation, object? slots, object? body, CancellationToken cancellationToken)
    {
        if (!_operations.Value.TryGetValue(operation, out var endpoint))
            throw new ArgumentException($"The API has no operation '{operation}'.", nameof(operation));

        await using var scope = scopes.CreateAsyncScope();
        var http = Request(scope.ServiceProvider, endpoint, address, slots, body);
        http.RequestAborted = cancellationToken;
        http.Features.Set(caller);
        http.User = new ClaimsPrincipal(new ClaimsIdentity([caller.Scope.ToClaim()], nameof(ApiOperations)));
        if (!await IsAllowedAsync(http, endpoint))
            return Reply.Refused(StatusCodes.Status403Forbidden, "This key may not do that.");
        using var turn = caller.Person is null && limits.Value.GlobalLimiter is { } limiter
            ? await limiter.AcquireAsync(http, cancellationToken: cancellationToken)
            : null;
        if (turn is { IsAcquired: false })
            return Reply.Refused(StatusCodes.Status429TooManyRequests, "Too much at once. Wait a moment, then try again.");

        await new ProblemsMiddleware(endpoint.RequestDelegate!, sql, logger).InvokeAsync(http);
        var answer = (MemoryStream)http.Response.Body;
        return Reply.Of(http.Response.StatusCode, answer.GetBuffer().AsMemory(0, (int)answer.Length));
    }

    private DefaultHttpContext Request(IServiceProvider services, RouteEndpoint endpoint, Uri address, object? slots, object? body)
    {
        var http = new DefaultHttpContext { RequestServices = services };
        http.SetEndpoint(endpoint);
        var request = http.Request;
        (request.Scheme, request.Host) = (address.Scheme, HostString.FromUriComponent(address));
        request.Method = endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods[0];
        request.RouteValues = new RouteValueDictionary(
            new RouteValueDictionary(slots).Select(slot => KeyValuePair.Create(slot.Key, (object?)TextOf(slot.Value))));
        request.QueryString = QueryString.Create(
            from slot in request.RouteValues
            where slot.Value is not null && endpoint.RoutePattern.GetParameter(slot.Key) is null
            select KeyValuePair.Create(slot.Key, (string?)slot.Value));
        http.Response.Body = new MemoryStream();
        if (body is null)
            return http;

        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, json.Value.SerializerOptions);
        (request.ContentType, request.ContentLength, request.Body) = ("application/json", bytes.Length, new MemoryStream(bytes));
        http.Features.Set<IHttpRequestBodyDetectionFeature>(new HasBody());
        return http;
    }

    // As an address has it: handlers and filters read texts.
    private static string? TextOf(object? value) =>
        Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;

    // What the authorization middleware would have asked.
    private static async Task<bool> IsAllowedAsync(HttpContext http, RouteEndpoint endpoint)
    {
        var authorization = http.RequestServices.GetRequiredService<IAuthorizationService>();
        foreach (var rule in endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>())
        {
            if (rule.Policy is { } policy && !(await authorization.AuthorizeAsync(http.User, policy)).Succeeded)
                return false;
        }

        return true;
    }

    private sealed class HasBody : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => true;
    }
}
