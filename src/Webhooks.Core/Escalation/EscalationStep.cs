namespace Webhooks.Core.Escalation;

/// <summary>A step of an escalation policy.</summary>
/// <param name="AfterMinutes">Minutes since the incident was opened (again), or since the policy began again.</param>
/// <param name="Channels">Ids of the channels that are told then.</param>
internal sealed record EscalationStep(int AfterMinutes, IReadOnlyList<string> Channels);
