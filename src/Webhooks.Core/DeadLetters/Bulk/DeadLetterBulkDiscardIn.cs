using System.Diagnostics.CodeAnalysis;
using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.DeadLetters.Bulk;

/// <summary>Which dead letters are not sent any more, and why.</summary>
internal sealed record DeadLetterBulkDiscardIn : DeadLetterBulkIn, IBody<DeadLetterBulkDiscardIn>
{
    /// <summary>Why, for whoever asks later; kept with each of them.</summary>
    /// <example>The customer has ended the contract.</example>
    public required string Reason { get; init; }

    [SetsRequiredMembers]
    private DeadLetterBulkDiscardIn(ObjectReader body) : base(body) => Reason = body.Text("reason", DeadLetterDiscardIn.ReasonRule);

    public static DeadLetterBulkDiscardIn Read(ObjectReader body) => new(body);
}
