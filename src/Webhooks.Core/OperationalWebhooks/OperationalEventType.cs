namespace Webhooks.Core.OperationalWebhooks;

/// <summary>What operational webhooks tell.</summary>
internal enum OperationalEventType
{
    EndpointCreated = 1,

    /// <summary>Its settings, its headers or its secret: whatever its owner changed.</summary>
    EndpointUpdated = 2,
    EndpointDeleted = 3,

    /// <summary>By its owner, or by the service because it answered 410 or nothing got through for too long.</summary>
    EndpointDisabled = 4,

    /// <summary>A delivery's fourth failed attempt, and there are more to come.</summary>
    AttemptFailing = 5,

    /// <summary>A delivery is not retried by itself any more: it is a dead letter, or held for a person.</summary>
    AttemptExhausted = 6,

    /// <summary>A delivery that was told to be failing arrived.</summary>
    AttemptRecovered = 7,
}
