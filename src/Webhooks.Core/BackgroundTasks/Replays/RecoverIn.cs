using System.Diagnostics.CodeAnalysis;
using Webhooks.Core.Deliveries;
using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.BackgroundTasks.Replays;

/// <summary>Which failed messages to send again, parked ones included. It may begin 14 days ago at most.</summary>
internal sealed record RecoverIn : ReplayIn, IBody<RecoverIn>
{
    private static readonly TimeSpan LongestAge = TimeSpan.FromDays(14);

    [SetsRequiredMembers]
    private RecoverIn(ObjectReader body) : base(body, LongestAge)
    {
    }

    public static new RecoverIn Read(ObjectReader body) => new(body);

    // What is parked has failed as well, and nothing is tried any more. What is held for its unknown outcome has not: it may be there, so
    // each is a decision of its own.
    public override ReplayParameters ToParameters(DateTimeOffset now) =>
        base.ToParameters(now) with { Status = MessageStatus.Fail, WithParked = true };
}
