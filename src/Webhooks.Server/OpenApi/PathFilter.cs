using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Webhooks.Server.OpenApi;

/// <summary>Says what the slots of paths take.</summary>
internal sealed class PathFilter : IOperationFilter
{
    private static readonly Dictionary<string, (string Description, string Example)> Slots = new(StringComparer.Ordinal)
    {
        ["app_id"] = ("The application's id or uid.", "customer-4711"),
        ["endpoint_id"] = ("The endpoint's id or uid.", "orders"),
        ["msg_id"] = ("The message's id or eventId.", "evt-2026-000123"),
        ["attempt_id"] = ("The attempt's id.", "atmpt_01fwhe4ydgfk1shh6w1g60ecwf"),
        ["dlv_id"] = ("The dead letter's id, which is its delivery's.", "dlv_01fwhe4ydgfk1shh6w1g60ecwf"),
        ["event_type_name"] = ("The event type's name.", "invoice.paid"),
        ["task_id"] = ("The background task's id.", "qtask_01fwhe4ydgfk1shh6w1g60ecwf"),
        ["sink_id"] = ("The endpoint's id or uid.", "orders"),
        ["consumer_id"] = ("The reader's own name: letters, digits, - _ . only.", "warehouse"),
        ["key_id"] = ("The API key's id.", "key_01fwhe4ydgfk1shh6w1g60ecwf"),
    };

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            if (parameter.In is ParameterLocation.Path && Slots.TryGetValue(parameter.Name!, out var slot))
                (parameter.Description, parameter.Example) = (slot.Description, slot.Example);
        }
    }
}
