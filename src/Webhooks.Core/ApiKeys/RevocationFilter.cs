using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Webhooks.Core.Http;

namespace Webhooks.Core.ApiKeys;

/// <summary>Stands around the transaction of an operation that ends keys: once it has committed, none of them is remembered here.</summary>
internal sealed class RevocationFilter(ApiKeyLookup lookup) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        lookup.Forget();
        return answer;
    }
}

internal static class RevocationRoutes
{
    /// <inheritdoc cref="WriteFilterRoutes.Writes"/>
    /// <summary>For an operation that ends keys.</summary>
    public static RouteHandlerBuilder Revokes(this RouteHandlerBuilder route) => route.AddEndpointFilter<RevocationFilter>().Writes();
}
