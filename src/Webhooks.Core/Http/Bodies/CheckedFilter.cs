using Microsoft.AspNetCore.Http;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Http.Bodies;

/// <summary>Faulty bodies and parameters never reach a handler, and no transaction is begun for them.</summary>
internal sealed class CheckedFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        List<ValidationErrorItem>? faults = null;
        foreach (var argument in context.Arguments)
        {
            if (argument is not IChecked part)
                continue;
            if (part.Refusal is { } refusal)
                return ValueTask.FromResult<object?>(refusal);
            if (part.Faults.Count > 0)
                (faults ??= []).AddRange(part.Faults);
        }

        return faults is null ? next(context) : ValueTask.FromResult<object?>(ApiProblems.Invalid(faults));
    }
}
