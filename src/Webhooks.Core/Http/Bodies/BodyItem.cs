using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Http.Bodies;

/// <summary>One of the objects that a body lists, judged by itself.</summary>
/// <param name="Place">Where it is in the body, as the <c>loc</c> of a fault says it.</param>
/// <param name="Value">Null when it has faults.</param>
internal sealed record BodyItem<T>(IReadOnlyList<string> Place, T? Value, IReadOnlyList<ValidationErrorItem> Faults)
    where T : class, IBody<T>
{
    /// <summary>The same, found faulty after it was read.</summary>
    public BodyItem<T> Refuse(string field, string message) =>
        new(Place, null, [.. Faults, new ValidationErrorItem([.. Place, field], message)]);
}
