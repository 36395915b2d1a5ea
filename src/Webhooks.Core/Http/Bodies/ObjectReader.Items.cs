using System.Globalization;
using System.Text.Json;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Http.Bodies;

/// <summary>Values that have places of their own within a field.</summary>
internal sealed partial class ObjectReader
{
    /// <summary>Notes a fault at a place within a field.</summary>
    /// <param name="place">The field, and the way from it.</param>
    public void Fault(IEnumerable<string> place, string message) => _faults.Add(new ValidationErrorItem([.. _path, .. place], message));

    /// <summary>
    /// A required list of objects, each read by its own rules. A faulty one is no fault of the body: it says by itself what is wrong with
    /// it, so that the others can be done.
    /// </summary>
    public List<BodyItem<T>> Items<T>(string field, int min, int max) where T : class, IBody<T>
    {
        if (Find(field, isRequired: true) is not { } list || !Expect(field, list, JsonValueKind.Array, "a list"))
            return [];

        if (list.GetArrayLength() >= min && list.GetArrayLength() <= max)
            return [.. list.EnumerateArray().Index().Select(entry => Item<T>(entry.Item, [.. _path, field, $"[{entry.Index}]"]))];

        Fault(field, string.Create(CultureInfo.InvariantCulture, $"Must have {min:N0} to {max:N0} entries."));
        return [];
    }

    private BodyItem<T> Item<T>(JsonElement entry, string[] place) where T : class, IBody<T>
    {
        var faults = new List<ValidationErrorItem>();
        T? value = null;
        if (entry.ValueKind is not JsonValueKind.Object)
            faults.Add(new ValidationErrorItem(place, "Must be an object."));
        else if (StrictJson.MembersOf(entry) is { } fields)
            value = T.Read(new ObjectReader(fields, _source, place, faults, Services));
        else
            faults.Add(new ValidationErrorItem(place, HalfPair));

        return new BodyItem<T>(place, faults.Count == 0 ? value : null, faults);
    }
}
