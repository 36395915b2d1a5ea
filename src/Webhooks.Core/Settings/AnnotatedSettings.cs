using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace Webhooks.Core.Settings;

/// <summary>
/// Checks options by their annotations and names each fault by its whole key, as it is written in configuration. The validator that
/// comes with the framework names the property and the class instead, which the person who set the value has never seen.
/// </summary>
internal sealed class AnnotatedSettings<TOptions>(string section) : IValidateOptions<TOptions> where TOptions : class
{
    private const string Preamble = "The field ";

    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var faults = typeof(TOptions).GetProperties().SelectMany(property => Faults(property, property.GetValue(options))).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Faults(PropertyInfo property, object? value) =>
        from rule in property.GetCustomAttributes<ValidationAttribute>()
        where !rule.IsValid(value)
        let sentence = rule.FormatErrorMessage($"{section}:{property.Name}")
        select sentence.StartsWith(Preamble, StringComparison.Ordinal) ? sentence[Preamble.Length..] : sentence;
}
