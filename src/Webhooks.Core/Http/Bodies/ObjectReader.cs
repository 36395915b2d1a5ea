using System.Runtime.InteropServices;
using System.Text.Json;
using Webhooks.Core.Http.Json;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Http.Bodies;

/// <summary>
/// Reads a JSON object field by field and notes every fault with its place. Fields it is not asked for are ignored: newer clients
/// send more. A faulty field yields a default that no handler ever sees.
/// </summary>
internal sealed partial class ObjectReader
{
    private readonly Dictionary<string, JsonElement> _fields;
    private readonly ReadOnlyMemory<byte> _source;
    private readonly string[] _path;
    private readonly List<ValidationErrorItem> _faults;

    private ObjectReader(
        Dictionary<string, JsonElement> fields, ReadOnlyMemory<byte> source, string[] path, List<ValidationErrorItem> faults,
        IServiceProvider services)
    {
        (_fields, _source, _path, _faults) = (fields, source, path, faults);
        Services = services;
    }

    /// <summary>For rules that depend on the deployment's options.</summary>
    public IServiceProvider Services { get; }

    /// <summary>Reads <typeparamref name="T"/> from a parsed body; null when there are faults.</summary>
    public static T? Read<T>(JsonElement root, ReadOnlyMemory<byte> source, List<ValidationErrorItem> faults, IServiceProvider services)
        where T : class, IBody<T>
    {
        if (root.ValueKind is not JsonValueKind.Object)
            faults.Add(new ValidationErrorItem(["body"], "Must be a JSON object."));
        else if (StrictJson.MembersOf(root) is not { } fields)
            faults.Add(new ValidationErrorItem(["body"], HalfPair));
        else if (T.Read(new ObjectReader(fields, source, ["body"], faults, services)) is { } value && faults.Count == 0)
            return value;

        return null;
    }

    /// <summary>Notes a fault of a field.</summary>
    public void Fault(string field, string message, string type = ValidationErrorItem.ValueError) =>
        _faults.Add(new ValidationErrorItem([.. _path, field], message, type));

    /// <summary>Whether the field was sent, be it null.</summary>
    public bool Has(string field) => _fields.ContainsKey(field);

    /// <summary>A field of a PATCH, told apart from an absent one.</summary>
    public Optional<T> IfSent<T>(string field, Func<ObjectReader, T> read) => Has(field) ? new Optional<T>(true, read(this)) : default;

    /// <summary>Reads <paramref name="alias"/>, an older name, as <paramref name="field"/>.</summary>
    public void Alias(string alias, string field)
    {
        if (!_fields.Remove(alias, out var value))
            return;
        if (!_fields.TryAdd(field, value))
            Fault(alias, $"Is another name of '{field}'; send one of the two.");
    }

    /// <summary>An object's bytes as they came; null when absent or null.</summary>
    public RawJson? OptionalRawObject(string field) =>
        Find(field, isRequired: false) is { } value && Expect(field, value, JsonValueKind.Object, "an object")
            ? new RawJson(BytesOf(value))
            : null;

    /// <summary>A required object's bytes as they came.</summary>
    public RawJson RawObject(string field) =>
        Find(field, isRequired: true) is { } value && Expect(field, value, JsonValueKind.Object, "an object")
            ? new RawJson(BytesOf(value))
            : default;

    /// <summary>
    /// Refuses a field of the contract that this service does not follow: ignoring it would do something else than was asked.
    /// </summary>
    public void Unsupported(string field)
    {
        if (Find(field, isRequired: false) is not null)
            Fault(field, "Is not supported by this service. Leave it out.");
    }

    /// <summary>A nested object read by its own rules; null when absent or null.</summary>
    public T? Nested<T>(string field) where T : class, IBody<T> => NestedOf<T>(field, isRequired: false);

    /// <summary>A required nested object read by its own rules; null only with a fault.</summary>
    public T? RequiredNested<T>(string field) where T : class, IBody<T> => NestedOf<T>(field, isRequired: true);

    private T? NestedOf<T>(string field, bool isRequired) where T : class, IBody<T>
    {
        if (Find(field, isRequired) is not { } value || !Expect(field, value, JsonValueKind.Object, "an object"))
            return null;
        if (StrictJson.MembersOf(value) is { } fields)
            return T.Read(new ObjectReader(fields, _source, [.. _path, field], _faults, Services));

        Fault(field, HalfPair);
        return null;
    }

    private const string HalfPair = "Contains an escape that is half a UTF-16 pair.";

    // The element's bytes lie in the body that was parsed: a slice of it, not a copy.
    private ReadOnlyMemory<byte> BytesOf(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        return _source.Span.Overlaps(raw, out var offset) ? _source.Slice(offset, raw.Length) : raw.ToArray();
    }

    private JsonElement? Find(string field, bool isRequired)
    {
        var isSent = _fields.TryGetValue(field, out var value);
        if (isSent && value.ValueKind is not JsonValueKind.Null)
            return value;
        if (isRequired)
            Fault(field, isSent ? "Must not be null." : "Is required.");
        return null;
    }

    private bool Expect(string field, JsonElement value, JsonValueKind kind, string name)
    {
        if (value.ValueKind == kind)
            return true;

        Fault(field, $"Must be {name}.");
        return false;
    }
}
