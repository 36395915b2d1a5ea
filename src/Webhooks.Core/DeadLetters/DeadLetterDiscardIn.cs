using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.DeadLetters;

/// <summary>The decision that a message is not sent any more.</summary>
internal sealed record DeadLetterDiscardIn : IBody<DeadLetterDiscardIn>
{
    public static readonly TextRule ReasonRule = new(1, 1_024, IsForPeople: true);

    /// <summary>Why, for whoever asks later; kept with the dead letter. 1 to 1,024 characters, of which one can be seen.</summary>
    /// <example>The customer has booked this invoice by hand.</example>
    public required string Reason { get; init; }

    public static DeadLetterDiscardIn Read(ObjectReader body) => new() { Reason = body.Text("reason", ReasonRule) };
}
