namespace Webhooks.Core.Operators;

/// <summary>What a person who signs in may do. Each role includes those before it.</summary>
internal enum OperatorRole
{
    /// <summary>Sees everything but secrets; changes nothing.</summary>
    Viewer = 0,

    /// <summary>Works through failures: decides about dead letters and incidents, looks after endpoints, reveals and rotates secrets.</summary>
    Operator = 1,

    /// <summary>Decides who may do what and who is told: operators, API keys, channels, escalation policies; deletes applications.</summary>
    Administrator = 2,
}
