using Webhooks.Core.Deliveries;

namespace Webhooks.Core.BackgroundTasks.Replays;

/// <summary>What a replay was asked to do, as its task keeps it.</summary>
internal sealed record ReplayParameters
{
    public required DateTimeOffset Since { get; init; }
    public required DateTimeOffset Until { get; init; }
    public required bool DryRun { get; init; }

    /// <summary>Who asked for it: it decides about the dead letters of what it sends. Null where a row does not say.</summary>
    public string? By { get; init; }

    /// <summary>Null for all.</summary>
    public List<string>? EventTypes { get; init; }

    /// <summary>Null for all.</summary>
    public string? Channel { get; init; }

    /// <summary>How a message's newest delivery must stand; null for any but canceled and filtered ones.</summary>
    public MessageStatus? Status { get; init; }

    /// <summary>Whether messages whose newest delivery is parked count beside those with that status.</summary>
    public bool WithParked { get; init; }

    /// <summary>In which class a message's newest attempt was answered, 0 for no answer; null for any.</summary>
    public int? StatusCodeClass { get; init; }
}
