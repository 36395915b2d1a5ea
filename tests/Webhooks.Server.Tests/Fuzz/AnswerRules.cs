using System.Text.Json;

namespace Webhooks.Server.Tests.Fuzz;

/// <summary>What every answer keeps to, whatever was asked.</summary>
internal static class AnswerRules
{
    /// <returns>The broken rule; null for none.</returns>
    public static string? FindFault(FuzzRequest request, FuzzAnswer answer) => answer switch
    {
        { Status: >= 500 } => "is a fault of the service",
        { Status: 204, Text: "" } => null,
        { Status: >= 200 and < 300 } => FindSuccessFault(request, answer),
        { Status: 400, Text: "", IsClosed: true } => null, // Kestrel could not read the request's own head: it never reached the API.
        { Status: >= 400 and < 500, IsWritten: true } => "is refused and has written something",
        { Status: 422 } => FindValidationFault(answer.Text),
        { Status: >= 400 and < 500 } => FindErrorFault(answer.Text),
        _ => "has a status that the API does not have",
    };

    private static string? FindSuccessFault(FuzzRequest request, FuzzAnswer answer)
    {
        var isKnown = !string.Equals(request.Method, request.Operation.Method, StringComparison.OrdinalIgnoreCase)
            || request.Operation.SuccessCodes.Contains($"{answer.Status}");
        return !isKnown ? "has a success that the description does not have"
            : Parse(answer.Text) is null ? "is no JSON"
            : null;
    }

    private static string? FindErrorFault(string text) =>
        Parse(text) is { ValueKind: JsonValueKind.Object } error && IsText(error, "code") && IsText(error, "detail")
            ? null
            : "is no error of the contract";

    private static string? FindValidationFault(string text)
    {
        var isList = Parse(text) is { ValueKind: JsonValueKind.Object } error
            && error.TryGetProperty("detail", out var faults)
            && faults is { ValueKind: JsonValueKind.Array }
            && faults.GetArrayLength() > 0
            && faults.EnumerateArray().All(IsFault);
        return isList ? null : "is no list of faults";
    }

    private static bool IsFault(JsonElement fault) =>
        IsText(fault, "msg") && IsText(fault, "type")
        && fault.GetProperty("loc").EnumerateArray().First().GetString() is "body" or "query" or "header" or "path";

    private static bool IsText(JsonElement value, string name) =>
        value.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String && text.GetString()!.Length > 0;

    private static JsonElement? Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <param name="IsClosed">Whether the connection ended with it.</param>
/// <param name="IsWritten">Whether the database changed.</param>
internal sealed record FuzzAnswer(int Status, string Text, bool IsClosed, bool IsWritten);
