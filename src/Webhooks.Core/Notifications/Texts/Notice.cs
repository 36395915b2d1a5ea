namespace Webhooks.Core.Notifications.Texts;

/// <summary>What a channel is told about one incident.</summary>
/// <param name="Step">The step of the policy; 0 for the first.</param>
/// <param name="IncidentUrl">Where people see it; null where the deployment does not say what its address is.</param>
/// <param name="AcknowledgeUrl">Where they acknowledge it; null, too, once nobody has to.</param>
internal sealed record Notice(NotificationReason Reason, int Step, ToldIncident Incident, Uri? IncidentUrl, Uri? AcknowledgeUrl);
