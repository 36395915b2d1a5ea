using System.Net;
using System.Text.Json;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.Dashboard.Tests.Messages;

/// <summary>An application with one endpoint, and what is published to it.</summary>
internal sealed record Published(Api Api, string Application, string Endpoint)
{
    public static async Task<Published> CreateAsync(
        Api api, string uid, Uri url, CancellationToken cancellationToken, string? name = null, string description = "")
    {
        var application = await api.PostAsync("/app", new { name = name ?? uid, uid }, HttpStatusCode.Created, cancellationToken);
        var id = application.GetProperty("id").GetString()!;
        var endpoint = await api.PostAsync($"/app/{id}/endpoint", new { url, description }, HttpStatusCode.Created, cancellationToken);
        return new(api, id, endpoint.GetProperty("id").GetString()!);
    }

    /// <returns>The message's id.</returns>
    public async Task<string> SendAsync(string eventType, object payload, CancellationToken cancellationToken, string? eventId = null)
    {
        var message = await Api.PostAsync(
            $"/app/{Application}/msg", new { eventType, payload, eventId }, HttpStatusCode.Accepted, cancellationToken);
        return message.GetProperty("id").GetString()!;
    }

    /// <summary>Waits until so many attempts of a message are on record.</summary>
    public Task AttemptedAsync(string message, int times, CancellationToken cancellationToken) => Eventually.TrueAsync(
        async cancel => (await AttemptsAsync(message, cancel)).GetArrayLength() >= times,
        TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(100), () => $"{message} was not attempted {times} times.", cancellationToken);

    private async Task<JsonElement> AttemptsAsync(string message, CancellationToken cancellationToken) =>
        (await Api.GetAsync($"/app/{Application}/attempt/msg/{message}", cancellationToken)).GetProperty("data");
}
