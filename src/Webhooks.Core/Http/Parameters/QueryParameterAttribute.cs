namespace Webhooks.Core.Http.Parameters;

/// <summary>Says, for the API's description, which query parameter a property holds.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class QueryParameterAttribute(string name, string description) : Attribute
{
    public string Name => name;

    public string Description => description;

    /// <summary>A value that shows what is meant; null for none.</summary>
    public string? Example { get; init; }

    /// <summary>What is taken when the parameter is absent; null for nothing.</summary>
    public string? Default { get; init; }
}
