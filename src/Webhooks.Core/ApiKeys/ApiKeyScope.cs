namespace Webhooks.Core.ApiKeys;

/// <summary>What a key may do.</summary>
internal enum ApiKeyScope
{
    /// <summary>Everything.</summary>
    Full = 1,

    /// <summary>Publish messages to any application, and nothing else.</summary>
    Publish = 2,

    /// <summary>One application's own resources; another's are 404.</summary>
    Application = 3,
}
