using Swashbuckle.AspNetCore.SwaggerGen;
using Webhooks.Core.Http.Bodies;

namespace Webhooks.Server.OpenApi;

/// <summary>Shows a field of a PATCH as what it holds: that it may be left out is said by its not being required.</summary>
internal sealed class OptionalContracts(ISerializerDataContractResolver inner) : ISerializerDataContractResolver
{
    public DataContract GetDataContractForType(Type type) => inner.GetDataContractForType(Unwrap(type));

    private static Type Unwrap(Type type)
    {
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(Optional<>))
            return type;

        var held = type.GetGenericArguments()[0];
        return Nullable.GetUnderlyingType(held) ?? held;
    }
}
