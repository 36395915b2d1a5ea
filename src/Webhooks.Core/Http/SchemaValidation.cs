namespace Webhooks.Core.Http;

/// <summary>What becomes of a published payload that does not fit the schema of its event type.</summary>
public enum SchemaValidation
{
    /// <summary>Schemas are documentation: nothing is checked.</summary>
    Off,

    /// <summary>It is accepted, and the answer and the log say so.</summary>
    Warn,

    /// <summary>It is refused.</summary>
    Reject,
}
