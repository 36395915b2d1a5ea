using System.Text.Json;

namespace Webhooks.Server.Dashboard.Endpoints;

/// <summary>How far a task is that sends messages to an endpoint.</summary>
/// <param name="IsDryRun">Whether it only counts.</param>
/// <param name="Matched">Messages that fit.</param>
/// <param name="ToSend">Those of them that can be sent.</param>
/// <param name="Sent">Those that are on their way.</param>
/// <param name="MayBeDuplicates">Those to send that the endpoint may have.</param>
/// <param name="PayloadGone">Those that can't be sent any more.</param>
public sealed record TaskResult(bool IsDryRun, long Matched, long ToSend, long Sent, long MayBeDuplicates, long PayloadGone)
{
    /// <summary>Of the task's own JSON; what another kind of task does not tell is 0.</summary>
    internal static TaskResult Of(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement);
    }

    /// <inheritdoc cref="Of(ReadOnlyMemory{byte})"/>
    internal static TaskResult Of(JsonElement data) => new(
        data.TryGetProperty("dryRun", out var isDry) && isDry.GetBoolean(),
        Number(data, "matched"), Number(data, "toSend"), Number(data, "sent"), Number(data, "mayBeDuplicates"),
        data.TryGetProperty("skipped", out var skipped) ? Number(skipped, "payloadGone") : 0);

    private static long Number(JsonElement data, string name) => data.TryGetProperty(name, out var number) ? number.GetInt64() : 0;
}
