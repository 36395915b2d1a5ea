using Webhooks.Core.Data.Ids;
using Webhooks.Core.Endpoints;
using Webhooks.Core.Messages;

namespace Webhooks.Core.BackgroundTasks.Replays;

/// <summary>
/// Which messages one step looks at: the first of the range behind the cursor. Ids begin with the time, so a range of time is one of ids.
/// </summary>
/// <param name="From">The first id that counts.</param>
/// <param name="To">The last id that counts.</param>
internal sealed record ReplayRange(EndpointId Endpoint, MessageId From, MessageId To)
{
    /// <summary>
    /// How many messages a step looks at. Adding one takes some 0.2 ms, and on an engine with one writer all others wait as long as the
    /// step.
    /// </summary>
    public const int MaxMessages = 100;

    public static ReplayRange Of(EndpointId endpoint, ReplayParameters asked, string? cursor) => new(
        endpoint,
        IdText.TryParse<MessageId>(cursor, out var last) ? new MessageId(last.Value + 1) : IdTime.FirstOf<MessageId>(asked.Since),
        IdTime.LastOf<MessageId>(asked.Until));
}

/// <summary>What one step found.</summary>
/// <param name="Fitting">The messages that fit what was asked for, oldest first.</param>
/// <param name="Last">The last message that was looked at; null when there are none behind it.</param>
internal sealed record ReplayPage(IReadOnlyList<MessageId> Fitting, MessageId? Last);
