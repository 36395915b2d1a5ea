using Swashbuckle.AspNetCore.SwaggerGen;
using Webhooks.Core.Http.Bodies;

namespace Webhooks.Server.OpenApi;

/// <summary>
/// Shows what is wrapped as what it holds: a field of a PATCH, which may be left out as it is not required, and an object of a list that is
/// judged by itself.
/// </summary>
internal sealed class OptionalContracts(ISerializerDataContractResolver inner) : ISerializerDataContractResolver
{
    public DataContract GetDataContractForType(Type type) => inner.GetDataContractForType(Unwrap(type));

    private static Type Unwrap(Type type)
    {
        if (!type.IsGenericType
            || (type.GetGenericTypeDefinition() != typeof(Optional<>) && type.GetGenericTypeDefinition() != typeof(BodyItem<>)))
            return type;

        var held = type.GetGenericArguments()[0];
        return Nullable.GetUnderlyingType(held) ?? held;
    }
}
