using Microsoft.Extensions.Options;
using Webhooks.Core.Channels;
using Webhooks.Core.Incidents;
using Webhooks.Core.Notifications.Acknowledgement;
using Webhooks.Core.Notifications.Texts;

namespace Webhooks.Core.Notifications;

/// <summary>Where notifications lead to; nowhere while the deployment does not say what its address is.</summary>
internal sealed class NotificationLinks(AcknowledgementTokens tokens, IOptions<NotificationOptions> options)
{
    public Uri? ToIncident(IncidentId id) => To($"incidents/{id}");

    /// <summary>Only where somebody still has to acknowledge it.</summary>
    public Uri? ToAcknowledge(ToldIncident incident, ChannelId channel) =>
        incident.State == IncidentState.Open && options.Value.PublicUrl is not null
            ? To($"{AcknowledgementPage.Path}/{tokens.Create(incident.Id, incident.Openings, channel)}")
            : null;

    private Uri? To(string path) =>
        options.Value.PublicUrl is { } address ? new Uri($"{address.TrimEnd('/')}/{path.TrimStart('/')}") : null;
}
