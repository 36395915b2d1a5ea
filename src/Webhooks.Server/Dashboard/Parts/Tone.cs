namespace Webhooks.Server.Dashboard.Parts;

/// <summary>How a state feels; its colour, never its only sign.</summary>
public enum Tone
{
    /// <summary>Neither good nor bad.</summary>
    Quiet,

    /// <summary>All is well.</summary>
    Good,

    /// <summary>Under way.</summary>
    Busy,

    /// <summary>Worth a look.</summary>
    Warning,

    /// <summary>Needs a person.</summary>
    Bad,
}
