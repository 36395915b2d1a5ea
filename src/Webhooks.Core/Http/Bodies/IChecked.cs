using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Http.Bodies;

/// <summary>
/// A handler's argument that may have been found faulty while it was bound. <see cref="CheckedFilter"/> looks before the handler does.
/// </summary>
internal interface IChecked
{
    IReadOnlyList<ValidationErrorItem> Faults { get; }

    /// <summary>Set when it could not even be read: too long, not JSON by its own word.</summary>
    Problem? Refusal { get; }
}
