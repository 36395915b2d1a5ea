using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Webhooks.Core.ApiKeys;

/// <summary>Whose request it is. Handlers take it as an argument.</summary>
/// <param name="ApplicationId">The only application it may see; null for all.</param>
internal sealed record Caller(ApiKeyId KeyId, ApiKeyScope Scope, ApplicationId? ApplicationId)
{
    /// <summary>The flags of event types that an application's key may see beside those without one.</summary>
    public IReadOnlyList<string> FeatureFlags { get; init; } = [];

    /// <summary>The person who acts in the dashboard; null where a program calls with a key.</summary>
    public string? Person { get; init; }

    /// <summary>Who it is, as others are shown it: a person's name, or the key's id.</summary>
    public string Who => Person ?? KeyId.ToString();

    /// <summary>Requests per second that the key may make; null for the deployment's default.</summary>
    public int? RequestsPerSecond { get; init; }

    public static ValueTask<Caller?> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult<Caller?>(Of(context));

    /// <exception cref="InvalidOperationException">The route has no policy of <see cref="Access"/>.</exception>
    public static Caller Of(HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("An operation needs a caller and its route lets anyone in.");
}
