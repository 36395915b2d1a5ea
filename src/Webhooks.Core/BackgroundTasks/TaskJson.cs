using System.Text.Json;
using Webhooks.Core.Http.Json;

namespace Webhooks.Core.BackgroundTasks;

/// <summary>
/// What is asked of tasks and what they did, as their rows keep it: written as answers are, so that it can be shown as it is.
/// </summary>
internal static class TaskJson
{
    private static readonly JsonSerializerOptions Options = NewOptions();

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options)
        ?? throw new InvalidOperationException("A task's row holds null where it must hold an object.");

    private static JsonSerializerOptions NewOptions()
    {
        var options = new JsonSerializerOptions();
        ApiJson.Configure(options);
        return options;
    }
}
