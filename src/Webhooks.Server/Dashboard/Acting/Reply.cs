using System.Text.Json;
using Webhooks.Core.Http.Problems;

namespace Webhooks.Server.Dashboard.Acting;

/// <summary>What an operation answered.</summary>
internal sealed record Reply
{
    public required int StatusCode { get; init; }

    /// <summary>The answer's body; undefined when there is none.</summary>
    public JsonElement Body { get; init; }

    /// <summary>What went wrong, in sentences for people; empty when it was done.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    public bool IsDone => StatusCode < StatusCodes.Status400BadRequest;

    /// <summary>All faults in one text.</summary>
    public string Problem => string.Join(" ", Faults.Select(f => f.Field is null ? f.Text : $"{f.Field}: {f.Text}"));

    /// <summary>What is wrong with a field of the body; null for nothing.</summary>
    public string? FaultOf(string field) => Faults.FirstOrDefault(f => f.Field == field)?.Text;

    public static Reply Refused(int statusCode, string text) => new() { StatusCode = statusCode, Faults = [new Fault(null, text)] };

    /// <param name="bytes">The body in the API's own form, also of errors.</param>
    public static Reply Of(int statusCode, ReadOnlyMemory<byte> bytes)
    {
        var body = bytes.IsEmpty ? default : JsonSerializer.Deserialize<JsonElement>(bytes.Span);
        return new Reply { StatusCode = statusCode, Body = body, Faults = statusCode < StatusCodes.Status400BadRequest ? [] : [.. FaultsOf(body)] };
    }

    private static IEnumerable<Fault> FaultsOf(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("detail", out var detail))
            return [new Fault(null, "It was refused, and no reason was given.")];
        if (detail.ValueKind == JsonValueKind.String)
            return [new Fault(null, detail.GetString()!)];

        return detail.Deserialize<List<ValidationErrorItem>>(JsonSerializerOptions.Web)!
            .Select(fault => new Fault(fault.Loc is ["body" or "query", ..] ? string.Join('.', fault.Loc.Skip(1)) : null, fault.Msg));
    }
}

/// <param name="Field">The body's field that it is about; null for none.</param>
/// <param name="Text">A sentence for people.</param>
internal sealed record Fault(string? Field, string Text);
