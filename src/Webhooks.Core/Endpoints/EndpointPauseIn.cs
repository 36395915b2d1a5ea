using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Endpoints;

/// <summary>A pause of an endpoint.</summary>
internal sealed record EndpointPauseIn : IBody<EndpointPauseIn>
{
    private static readonly TextRule NoteRule = new(1, 1_024, IsForPeople: true);

    /// <summary>Why, for whoever finds it paused: 1 to 1,024 characters; null for none.</summary>
    /// <example>Subscriber moves to another data center until 18:00</example>
    public string? Note { get; init; }

    public static EndpointPauseIn Read(ObjectReader body) => new() { Note = body.OptionalText("note", NoteRule) };
}
