using Webhooks.Server.Dashboard.Acting;

namespace Webhooks.Server.Dashboard.Parts;

/// <summary>What is typed into a form, by the names that the API has for it, and what the API says of it.</summary>
public sealed class FormFields
{
    private readonly Dictionary<string, Field> _fields = [];
    private Dictionary<string, string> _faults = [];
    private Reply? _reply;

    /// <summary>The text of a field.</summary>
    /// <param name="name">The API's name of it.</param>
    public string this[string name]
    {
        get => _fields[name].Text;
        set => _fields[name].Text = value;
    }

    /// <summary>What is wrong with no field, but with the whole; null for nothing.</summary>
    public string? Fault =>
        Joined(_reply?.Faults.Where(fault => fault.Field is null || !_fields.ContainsKey(Root(fault.Field))).Select(Sentence));

    /// <summary>Adds a field.</summary>
    /// <param name="name">The API's name of it.</param>
    /// <param name="form">How its text becomes a value.</param>
    /// <param name="text">What it is before anybody types; null for nothing.</param>
    public FormFields With(string name, FieldForm form, string? text = null)
    {
        _fields.Add(name, new Field(form, text ?? ""));
        return this;
    }

    /// <summary>Adds a field that is on or off.</summary>
    /// <param name="name">The API's name of it.</param>
    /// <param name="isOn">What it is before anybody switches it.</param>
    public FormFields With(string name, bool isOn) => With(name, FieldForm.Flag, isOn.ToString());

    /// <summary>What is wrong with a field; null for nothing.</summary>
    /// <param name="name">The API's name of it.</param>
    public string? FaultOf(string name) =>
        _faults.GetValueOrDefault(name)
        ?? Joined(_reply?.Faults.Where(fault => fault.Field is { } field && Root(field) == name).Select(fault => Detail(fault, name)));

    /// <summary>All fields as the API takes them; null when one of them can't be sent, which <see cref="FaultOf"/> then tells.</summary>
    internal Dictionary<string, object?>? Body() => Read(_ => true);

    /// <summary>The same, but only what was changed: what others changed meanwhile stays theirs.</summary>
    internal Dictionary<string, object?>? Changes() => Read(field => field.Text != field.Initial);

    /// <summary>Shows what the API said.</summary>
    internal void Take(Reply reply) => _reply = reply;

    private Dictionary<string, object?>? Read(Func<Field, bool> isWanted)
    {
        (_reply, _faults) = (null, []);
        var body = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, field) in _fields.Where(pair => isWanted(pair.Value)))
        {
            try
            {
                body[name] = field.Form.Read(field.Text);
            }
            catch (FormatException fault)
            {
                _faults[name] = fault.Message;
            }
        }

        return _faults.Count == 0 ? body : null;
    }

    private static string? Joined(IEnumerable<string>? sentences) =>
        string.Join(' ', sentences ?? []) is { Length: > 0 } text ? text : null;

    private static string Root(string field) => field.Split('.')[0];

    // Where inside the field it is, for those that have an inside: a filter's node, an entry of a list.
    private static string Detail(Fault fault, string name) =>
        fault.Field == name ? fault.Text : $"{fault.Field![(name.Length + 1)..]}: {fault.Text}";

    private static string Sentence(Fault fault) => fault.Field is null ? fault.Text : $"{fault.Field}: {fault.Text}";

    private sealed record Field(FieldForm Form, string Initial)
    {
        public string Text { get; set; } = Initial;
    }
}
