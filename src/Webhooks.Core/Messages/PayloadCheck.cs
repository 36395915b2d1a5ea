using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.EventTypes;
using Webhooks.Core.Http;
using Webhooks.Core.Http.Idempotency;

namespace Webhooks.Core.Messages;

/// <summary>
/// Holds published payloads against the schemas of their event types, where this deployment asks for it. Before any transaction: a large
/// payload takes a while, and nobody else could publish meanwhile.
/// </summary>
internal sealed class PayloadCheck(
    WebhooksDbContext db, PayloadSchemas schemas, IOptions<ApiOptions> options, TimeProvider clock, ILogger<PayloadCheck> logger)
{
    /// <returns>A verdict for each message, in order.</returns>
    public static Task<PayloadVerdicts> RunAsync(
        HttpContext http, IReadOnlyList<MessageIn> messages, IdempotencyClaim? claim, CancellationToken cancellationToken)
    {
        // Made only where it is needed: the DbContext that it comes with costs more than all else that happens before the commit.
        var services = http.RequestServices;
        return services.GetRequiredService<IOptions<ApiOptions>>().Value.SchemaValidation is SchemaValidation.Off
            ? Task.FromResult(new PayloadVerdicts([.. messages.Select(_ => PayloadVerdict.Fits)], IsAnswered: false))
            : services.GetRequiredService<PayloadCheck>().CheckAsync(messages, claim, cancellationToken);
    }

    private async Task<PayloadVerdicts> CheckAsync(
        IReadOnlyList<MessageIn> messages, IdempotencyClaim? claim, CancellationToken cancellationToken)
    {
        var isStrict = options.Value.SchemaValidation is SchemaValidation.Reject;
        var stored = await ReadSchemasAsync(messages, cancellationToken);
        var verdicts = new List<PayloadVerdict>(messages.Count);
        foreach (var message in messages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<PayloadFault> faults = stored.TryGetValue(message.EventType, out var text)
                ? await schemas.FindFaultsAsync(message.EventType, text, message.Payload.Utf8)
                : [];
            verdicts.Add(faults.Count == 0 ? PayloadVerdict.Fits : new PayloadVerdict(faults, isStrict));
            if (faults.Count > 0 && !isStrict)
                logger.PayloadDoesNotFit(message.EventType, faults.Count);
        }

        var isAnswered = verdicts.Exists(verdict => verdict.IsRefused)
            && await db.IsOnRecordAsync(claim, clock.GetUtcMicroseconds(), cancellationToken);
        return new PayloadVerdicts(verdicts, isAnswered);
    }

    // Read for each request: a schema that was changed before it counts.
    private Task<Dictionary<string, string>> ReadSchemasAsync(IReadOnlyList<MessageIn> messages, CancellationToken cancellationToken)
    {
        var names = messages.Select(message => message.EventType).Distinct(StringComparer.Ordinal).ToList();
        return db.EventTypes.Where(type => names.Contains(type.Name) && type.Schemas != null)
            .ToDictionaryAsync(type => type.Name, type => type.Schemas!, StringComparer.Ordinal, cancellationToken);
    }
}
