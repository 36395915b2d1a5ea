using System.Text;
using Webhooks.Protocol;

namespace Webhooks.Server.Inbox;

/// <summary>
/// The test inbox: a subscriber built in, so that a newcomer sees a real signed delivery at once. Development only: whoever reaches
/// the server can read it.
/// </summary>
internal static class InboxApi
{
    private const int MaxBodyBytes = 2 * 1024 * 1024;

    public static IServiceCollection AddInbox(this IServiceCollection services) =>
        services.AddSingleton<InboxStore>().AddScoped<InboxVerifier>();

    public static void MapInbox(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/inbox/{name}").AllowAnonymous().WithTags("Test inbox");
        group.MapPost("", ReceiveAsync).WithSummary("Receives a delivery").ExcludeFromDescription();
        group.MapGet("", (string name, InboxStore inbox) => TypedResults.Ok(inbox.Read(name)))
            .WithSummary("Shows what the inbox received, newest first").ExcludeFromDescription();
    }

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
