namespace Webhooks.Core.Incidents;

/// <summary>What is wrong. Of an endpoint and a kind one incident at most is unresolved.</summary>
internal enum IncidentKind
{
    /// <summary>Dead letters: the subscriber answered, and refused.</summary>
    Rejected = 1,

    /// <summary>Dead letters: the subscriber could not be reached.</summary>
    NotSent = 2,

    /// <summary>Dead letters whose last outcome is unknown: the subscriber may have them.</summary>
    Unknown = 3,

    /// <summary>Dead letters by faults of the service's own.</summary>
    Ours = 4,

    /// <summary>Dead letters whose payload was gone before they could be delivered.</summary>
    PayloadGone = 5,

    /// <summary>Deliveries are held until a person decides.</summary>
    Held = 6,

    /// <summary>Nothing has got through to an endpoint for a while; its deliveries are still retried.</summary>
    Failing = 7,

    /// <summary>The service disabled an endpoint, which holds what waits.</summary>
    Disabled = 8,

    /// <summary>The oldest due delivery is too old: the service does not keep up.</summary>
    Backlog = 9,

    /// <summary>The books don't balance.</summary>
    Ledger = 10,

    /// <summary>A channel can't notify.</summary>
    Channel = 11,
}
