using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Webhooks.Core.Http.Bodies;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Http.Parameters;

/// <summary>A handler's query parameters, read and checked before the handler runs.</summary>
internal sealed class Query<T> : IChecked, IEndpointParameterMetadataProvider where T : class, IQuery<T>
{
    private Query(T value, IReadOnlyList<ValidationErrorItem> faults) => (Value, Faults) = (value, faults);

    public T Value { get; }

    public IReadOnlyList<ValidationErrorItem> Faults { get; }

    public Problem? Refusal => null;

    public static ValueTask<Query<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var faults = new List<ValidationErrorItem>();
        return ValueTask.FromResult<Query<T>?>(new(T.Read(new QueryReader(context.Request.Query, faults)), faults));
    }

    /// <summary>Tells the API's description which parameters the operation takes.</summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new QueryMetadata(typeof(T)));
}

/// <summary>The type whose <see cref="QueryParameterAttribute"/>s name an operation's query parameters.</summary>
internal sealed record QueryMetadata(Type Type);
