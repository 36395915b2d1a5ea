using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Core.Http.Bodies;

/// <summary>A handler's JSON body, read and checked before the handler runs.</summary>
internal sealed class Body<T> : IChecked, IEndpointParameterMetadataProvider where T : class, IBody<T>
{
    private static readonly byte[] EmptyObject = "{}"u8.ToArray();

    private readonly T? _value;

    private Body(T? value, Problem? refusal, IReadOnlyList<ValidationErrorItem> faults) =>
        (_value, Refusal, Faults) = (value, refusal, faults);

    public IReadOnlyList<ValidationErrorItem> Faults { get; }

    public Problem? Refusal { get; }

    /// <exception cref="InvalidOperationException">The route lacks <see cref="CheckedFilter"/>, and the body is faulty.</exception>
    public T Value =>
        _value ?? throw new InvalidOperationException($"A faulty body reached a handler: put {nameof(CheckedFilter)} on its route.");

    public static async ValueTask<Body<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (!IsJson(context.Request))
            return new(null, ApiProblems.UnsupportedMediaType(), []);

        var bytes = await RequestBytes.ReadAsync(context);
        return bytes.Body is { } body ? Read(body, context.RequestServices) : new(null, ApiProblems.PayloadTooLarge(bytes.Limit), []);
    }

    /// <summary>Tells the API's description which body the operation takes.</summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new BodyMetadata(typeof(T), IsRequired: !T.MayBeLeftOut));

    private static Body<T> Read(ReadOnlyMemory<byte> bytes, IServiceProvider services)
    {
        if (bytes.IsEmpty && T.MayBeLeftOut)
            bytes = EmptyObject;
        if (!StrictJson.TryParse(bytes, out var document, out var error))
            return new(null, null, [new ValidationErrorItem(["body"], error, ValidationErrorItem.JsonDecode)]);

        using (document)
        {
            var faults = new List<ValidationErrorItem>();
            var value = ObjectReader.Read<T>(document.RootElement, bytes, faults, services);
            return new(value, null, faults);
        }
    }

    // A body without a type is taken for JSON; one that says it is something else is refused, so a form is never misread.
    private static bool IsJson(HttpRequest request) => request.ContentType is null or "" || request.HasJsonContentType();
}

/// <summary>The type of the body that an operation reads.</summary>
internal sealed record BodyMetadata(Type Type, bool IsRequired);
