using System.Diagnostics.CodeAnalysis;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.BackgroundTasks.Replays;

/// <summary>Which of the messages that an endpoint has, or should have, to send again.</summary>
internal sealed record BulkReplayIn : ReplayIn, IBody<BulkReplayIn>
{
    private const int MaxEventTypes = 500;

    /// <summary>Only messages of these event types; null for all.</summary>
    /// <example>["invoice.paid"]</example>
    public List<string>? EventTypes { get; init; }

    /// <summary>Only messages of this channel; null for all.</summary>
    /// <example>null</example>
    public string? Channel { get; init; }

    /// <summary>
    /// Only messages that stand so at this endpoint: 0 success, 1 pending, 2 fail, 3 sending, 4 canceled; null for all but those that were
    /// canceled or filtered out.
    /// </summary>
    /// <example>2</example>
    public int? Status { get; init; }

    /// <summary>
    /// Only messages whose last attempt there was answered in this class: 100, 200, 300, 400, 500; 0 for no answer; null for all.
    /// </summary>
    /// <example>500</example>
    public int? StatusCodeClass { get; init; }

    [SetsRequiredMembers]
    private BulkReplayIn(ObjectReader body) : base(body)
    {
        body.Unsupported("tag");
        EventTypes = body.OptionalTexts("eventTypes", TextRule.EventType, 1, MaxEventTypes);
        Channel = body.OptionalText("channel", TextRule.Channel);
        Status = body.OptionalInteger("status", (int)MessageStatus.Success, (int)MessageStatus.Canceled);
        StatusCodeClass = body.OptionalInteger("statusCodeClass", 0, 500);
        if (StatusCodeClass % 100 > 0)
            body.Fault("statusCodeClass", "Must be one of: 0, 100, 200, 300, 400, 500.");
    }

    public static new BulkReplayIn Read(ObjectReader body) => new(body);

    public override ReplayParameters ToParameters(DateTimeOffset now) => base.ToParameters(now) with
    {
        EventTypes = EventTypes,
        Channel = Channel,
        Status = (MessageStatus?)Status,
        StatusCodeClass = StatusCodeClass,
    };
}
