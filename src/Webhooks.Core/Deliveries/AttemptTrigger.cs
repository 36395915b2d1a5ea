namespace Webhooks.Core.Deliveries;

/// <summary>What made the delivery; the numbers are the wire's <c>triggerType</c>.</summary>
internal enum AttemptTrigger
{
    Scheduled = 0,
    Manual = 1,
}
