using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Webhooks.Protocol;

namespace Webhooks.Server.Inbox;

/// <summary>
/// The test inbox: a subscriber built in, so that a newcomer sees a real signed delivery at once. Development only: whoever reaches
/// the server can read it.
/// </summary>
internal static class InboxApi
{
    /// <summary>Whoever publishes and looks at once should not find an empty page: the first delivery is on its way.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const int MaxBodyBytes = 2 * 1024 * 1024;

    public static IServiceCollection AddInbox(this IServiceCollection services) =>
        services.AddSingleton<InboxStore>().AddScoped<InboxVerifier>();

    public static void MapInbox(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/inbox/{name}").AllowAnonymous().WithTags("Test inbox");
        group.MapPost("", ReceiveAsync).WithSummary("Receive a delivery");
        group.MapGet("", ReadAsync).WithSummary("Show what the inbox received, newest first");
    }

    private static async Task<Ok<IReadOnlyList<InboxRequest>>> ReadAsync(string name, InboxStore inbox, CancellationToken cancellationToken) =>
        TypedResults.Ok(await inbox.ReadAsync(name, Patience, cancellationToken));

    private static async Task<IResult> ReceiveAsync(
        string name, HttpRequest request, InboxStore inbox, InboxVerifier verifier, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        if (buffer.Length > MaxBodyBytes)
            return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);

        var body = buffer.ToArray();
        var result = await verifier.VerifyAsync($"/inbox/{name}", request.Headers, body, cancellationToken);
        var received = new InboxRequest(
            clock.GetUtcNow(), request.Method, Headers(request), Encoding.UTF8.GetString(body), result == VerificationResult.Valid,
            result?.ToString() ?? "NoEndpointPointsHere");
        return inbox.TryAdd(name, received) ? TypedResults.NoContent() : TypedResults.StatusCode(StatusCodes.Status507InsufficientStorage);
    }

    private static Dictionary<string, string> Headers(HttpRequest request) =>
        request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
}
