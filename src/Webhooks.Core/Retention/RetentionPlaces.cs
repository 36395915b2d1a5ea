using Webhooks.Core.Deliveries;
using Webhooks.Core.Incidents;
using Webhooks.Core.Messages;

namespace Webhooks.Core.Retention;

/// <summary>
/// How far this node has come in each table, each at the oldest row at first and again after the last. Kept from run to run, so that many
/// rows that must stay are not looked at again before those behind them had their turn. Lost with the process, which costs a second look.
/// </summary>
internal sealed class RetentionPlaces
{
    public ExpiredPayload Payload { get; set; } = ExpiredPayload.First;
    public AttemptId Attempt { get; set; }
    public MessageId Message { get; set; }
    public IncidentId Incident { get; set; }
}
