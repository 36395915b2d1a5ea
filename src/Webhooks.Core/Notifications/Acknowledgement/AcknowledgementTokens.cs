using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Webhooks.Core.Channels;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Incidents;
using Webhooks.Core.Security;

namespace Webhooks.Core.Notifications.Acknowledgement;

/// <summary>
/// The part of a link that proves who may acknowledge: whoever was sent it. By the key ring that encrypts every stored secret, so all nodes
/// read it, and nobody else can make one.
/// </summary>
internal sealed class AcknowledgementTokens(SecretProtectors protectors, TimeProvider clock, IOptions<NotificationOptions> options)
{
    private const int MaxLength = 1_024;

    public string Create(IncidentId incident, int openings, ChannelId channel)
    {
        var expires = (clock.GetUtcNow() + options.Value.AcknowledgeLinkLifetime).ToUnixTimeSeconds();
        var text = string.Create(CultureInfo.InvariantCulture, $"{incident} {openings} {channel} {expires}");
        return Base64Url.EncodeToString(protectors.AcknowledgementLinks.Protect(text));
    }

    /// <summary>Null when this service did not make it, or can't know any more that it did.</summary>
    public AcknowledgementLink? Read(string token)
    {
        if (token.Length > MaxLength || !Base64Url.IsValid(token))
            return null;

        try
        {
            return Parse(protectors.AcknowledgementLinks.Unprotect(Base64Url.DecodeFromChars(token)));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static AcknowledgementLink? Parse(string text) =>
        text.Split(' ') is [var incident, var openings, var channel, var expires]
        && IdText.TryParse<IncidentId>(incident, out var incidentId) && IdText.TryParse<ChannelId>(channel, out var channelId)
            ? new(
                incidentId, int.Parse(openings, CultureInfo.InvariantCulture), channelId,
                DateTimeOffset.FromUnixTimeSeconds(long.Parse(expires, CultureInfo.InvariantCulture)))
            : null;
}

/// <summary>What a link to acknowledge says.</summary>
/// <param name="Openings">The incident's count when it was told: the link is of that time, not of one when it came back.</param>
/// <param name="ChannelId">Where the link was sent to.</param>
internal sealed record AcknowledgementLink(IncidentId IncidentId, int Openings, ChannelId ChannelId, DateTimeOffset ExpiresAt);
