using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Webhooks.Core;

namespace Webhooks.Server.OpenApi;

/// <summary>The API's description at <c>/swagger/v1/swagger.json</c>, and pages to try it at <c>/swagger</c>.</summary>
internal static class OpenApiServices
{
    public static IServiceCollection AddWebhooksOpenApi(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(Describe);
        services.AddTransient<ISerializerDataContractResolver>(provider => new OptionalContracts(
            new JsonSerializerDataContractResolver(provider.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions)));
        return services;
    }

    public static void UseWebhooksOpenApi(this WebApplication app)
    {
        app.UseSwagger();
        app.UseSwaggerUI(ui =>
        {
            ui.DocumentTitle = "Webhooks API";
            ui.SwaggerEndpoint("v1/swagger.json", "Webhooks API v1");
            ui.EnablePersistAuthorization();
            ui.DisplayRequestDuration();
        });
    }

    private static void Describe(SwaggerGenOptions options)
    {
        options.SwaggerDoc("v1", new OpenApiInfo
        {
            Title = "Webhooks API",
            Version = "v1",
            Description = "Hand over events; they are signed and delivered to every subscribed URL. Send your API key as a bearer token.",
        });

        // Pages and machines of other kinds, such as the test inbox, are not the API; HEAD is GET without a body.
        options.DocInclusionPredicate((_, operation) =>
            operation.RelativePath!.StartsWith(WebhooksApi.Base[1..], StringComparison.Ordinal)
            && operation.HttpMethod != HttpMethods.Head);
        options.UseInlineDefinitionsForEnums();
        options.UseAllOfToExtendReferenceSchemas(); // a field that is an object has a description and an example of its own
        options.CustomSchemaIds(SchemaNames.Of);
        options.IncludeXmlComments(typeof(WebhooksApi).Assembly);
        SchemaNames.MapScalars(options);

        options.SchemaFilter<FieldFilter>();
        options.OperationFilter<BodyFilter>();
        options.OperationFilter<QueryFilter>();
        options.OperationFilter<PathFilter>();
        options.OperationFilter<ErrorsFilter>();
        options.OperationFilter<SecurityFilter>();
        options.AddSecurityDefinition(SecurityFilter.Scheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An API key: the one printed at the start in Development, the bootstrap key, or one made with "
                + "POST /api/v1/api-key.",
        });
    }
}
