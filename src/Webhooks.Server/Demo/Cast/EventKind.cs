namespace Webhooks.Server.Demo.Cast;

/// <summary>A kind of event that the played publisher has.</summary>
/// <param name="Share">How many of the events are of it, against the other kinds.</param>
/// <param name="Data">Makes what happened: the payload's <c>data</c>.</param>
internal sealed record EventKind(string Name, string Description, double Share, Func<Draw, object> Data)
{
    /// <summary>Subscribers are told to move away from it.</summary>
    public bool Deprecated { get; init; }

    /// <summary>The channels that its messages are for; null for none.</summary>
    public IReadOnlyList<string>? Channels { get; init; }

    /// <summary>What its messages are ordered by: a member of the data; null for no order.</summary>
    public string? OrderedBy { get; init; }
}
