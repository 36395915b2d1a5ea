using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.DeadLetters;

/// <summary>A person's word that the subscriber has it. The body may be left out.</summary>
internal sealed record DeadLetterArrivedIn : IBody<DeadLetterArrivedIn>
{
    public static bool MayBeLeftOut => true;

    /// <summary>How that is known, for whoever asks later; kept with the dead letter. 1 to 1,024 characters; null for nothing.</summary>
    /// <example>The customer found invoice in_4711 in its books.</example>
    public string? Note { get; init; }

    public static DeadLetterArrivedIn Read(ObjectReader body) => new() { Note = body.OptionalText("note", DeadLetterDiscardIn.ReasonRule) };
}
