namespace Webhooks.Core.DeadLetters;

/// <summary>What people did about a dead letter.</summary>
internal enum DeadLetterState
{
    /// <summary>Nothing yet: it is escalated.</summary>
    Open = 0,

    /// <summary>Somebody has seen it and sees to it: its incident was acknowledged.</summary>
    Acknowledged = 1,

    /// <summary>Its message was sent again, by a new delivery.</summary>
    Replayed = 2,

    /// <summary>A person decided, with a reason, that it is not sent any more; or its endpoint's owner deleted the endpoint.</summary>
    Discarded = 3,

    /// <summary>It was unknown, and a person found that the subscriber has it: its delivery is delivered, by that word.</summary>
    Arrived = 4,
}
