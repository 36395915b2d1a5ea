using System.Globalization;
using Microsoft.AspNetCore.Http;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Http.Parameters;

/// <summary>Reads query parameters and notes every fault with its place. An empty value counts as absent.</summary>
internal sealed class QueryReader(IQueryCollection query, List<ValidationErrorItem> faults)
{
    public void Fault(string name, string message) => faults.Add(new ValidationErrorItem(["query", name], message));

    /// <summary>
    /// Refuses a parameter of the clients that this service does not follow: ignoring it would show something else than was asked for.
    /// <c>false</c> is what it does anyway.
    /// </summary>
    public void Unsupported(string name)
    {
        if (Raw(name) is { } text && !(bool.TryParse(text, out var isAsked) && !isAsked))
            Fault(name, "Is not supported by this service. Leave it out.");
    }

    /// <summary>The value as sent; null when absent or, with a fault, when sent more than once.</summary>
    public string? Raw(string name)
    {
        var values = query[name];
        if (values.Count > 1)
            Fault(name, "Must not be given more than once.");
        return values.Count == 1 && !string.IsNullOrEmpty(values[0]) ? values[0] : null;
    }

    public string? Text(string name, TextRule rule)
    {
        if (Raw(name) is not { } text)
            return null;
        if (rule.FindFault(text) is not { } fault)
            return text;

        Fault(name, fault);
        return null;
    }

    public bool Boolean(string name, bool fallback)
    {
        if (Raw(name) is not { } text)
            return fallback;
        if (bool.TryParse(text, out var value))
            return value;

        Fault(name, "Must be true or false.");
        return fallback;
    }

    public int? Integer(string name)
    {
        if (Raw(name) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            return value;

        Fault(name, "Must be a whole number.");
        return null;
    }

    public DateTimeOffset? Time(string name)
    {
        if (Raw(name) is not { } text)
            return null;
        if (TimeText.TryParse(text, out var time))
            return time;

        Fault(name, TimeText.Rule);
        return null;
    }

    /// <summary>One of the given words or numbers, as what it stands for.</summary>
    public T? OneOf<T>(string name, params ReadOnlySpan<(string Word, T Value)> choices) where T : struct
    {
        if (Raw(name) is not { } text)
            return null;
        foreach (var (word, value) in choices)
        {
            if (word == text)
                return value;
        }

        Fault(name, $"Must be one of: {string.Join(", ", choices.ToArray().Select(choice => choice.Word))}.");
        return null;
    }

    /// <summary>An id of the service's own.</summary>
    public TId? Id<TId>(string name) where TId : struct, IEntityId<TId>
    {
        if (Raw(name) is not { } text)
            return null;
        if (IdText.TryParse<TId>(text, out var id))
            return id;

        Fault(name, $"Must be an id that begins with '{TId.Prefix}'.");
        return null;
    }

    /// <summary>A list, given as <c>a,b</c> or by repeating the parameter; null when absent.</summary>
    public List<string>? Texts(string name, TextRule rule)
    {
        var texts = query[name]
            .SelectMany(value => (value ?? "").Split(','))
            .Where(text => text.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var fault = texts.Select(rule.FindFault).FirstOrDefault(fault => fault is not null);
        if (fault is not null)
            Fault(name, fault);
        return texts.Count == 0 ? null : texts;
    }
}
