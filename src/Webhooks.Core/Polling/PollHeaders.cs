using System.Globalization;
using Webhooks.Core.Security.Signing;
using Webhooks.Protocol;

namespace Webhooks.Core.Polling;

/// <summary>
/// The headers of a push that do not speak of an attempt, so that a poller may verify and deduplicate with the code of a receiver. The
/// endpoint's own headers are not among them: they may hold credentials that the API shows to nobody.
/// </summary>
internal static class PollHeaders
{
    public static Dictionary<string, string> Of(LaneRow row, ReadOnlySpan<byte> sent, EndpointSigner signer, DateTimeOffset now)
    {
        var id = row.MessageId.ToString();
        return new(StringComparer.Ordinal)
        {
            [WebhookHeaders.Id] = id,
            [WebhookHeaders.Timestamp] = WebhookTimestamp.Format(now),
            [WebhookHeaders.Signature] = signer.Sign(id, now, sent),
            [WebhookHeaders.IdempotencyKey] = id,
            [WebhookHeaders.Sequence] = row.Sequence.ToString(CultureInfo.InvariantCulture),
        };
    }
}
