using System.Text;
using System.Text.Json;

namespace Webhooks.Core.Endpoints.Filters;

/// <summary>
/// What a payload must be like to be sent to an endpoint, ready to be asked. It looks at the payload as it was published, never at what
/// is sent in its place. Payloads are what <see cref="Http.Bodies.StrictJson"/> lets in.
/// </summary>
internal abstract class ContentFilter
{
    /// <summary>How long a filter's JSON may be.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>How deep its nodes may nest, the outermost included.</summary>
    public const int MaxDepth = 8;

    /// <summary>How many nodes it may have.</summary>
    public const int MaxNodes = 100;

    /// <summary>How many values one <c>in</c> may have.</summary>
    public const int MaxValues = 1_000;

    /// <summary>The first node that says no; null when the payload matches.</summary>
    public abstract FilterMismatch? FindMismatch(JsonElement payload);

    public bool Matches(JsonElement payload) => FindMismatch(payload) is null;

    /// <summary>A filter that was checked when it came in.</summary>
    /// <exception cref="InvalidOperationException">It was not: it breaks a rule.</exception>
    public static ContentFilter Parse(string json)
    {
        var reader = new ContentFilterReader();
        return reader.Read(Encoding.UTF8.GetBytes(json))
            ?? throw new InvalidOperationException($"A stored filter is not one: {reader.Faults[0]}");
    }
}

/// <summary>Why a payload does not match.</summary>
/// <param name="Loc">The node that said no: the way to it within the filter.</param>
/// <param name="Rule">What it asks for.</param>
/// <param name="Path">Where it looked; null when it looks at other nodes.</param>
internal sealed record FilterMismatch(IReadOnlyList<string> Loc, string Rule, JsonPath? Path = null);

/// <summary>Matches where all parts do; what does not is the mismatch of the first part that does not.</summary>
internal sealed class AllOf(IReadOnlyList<ContentFilter> parts) : ContentFilter
{
    public override FilterMismatch? FindMismatch(JsonElement payload)
    {
        foreach (var part in parts)
        {
            if (part.FindMismatch(payload) is { } mismatch)
                return mismatch;
        }

        return null;
    }
}

/// <summary>Matches where one part does.</summary>
internal sealed class AnyOf(IReadOnlyList<ContentFilter> parts, FilterMismatch mismatch) : ContentFilter
{
    public override FilterMismatch? FindMismatch(JsonElement payload)
    {
        foreach (var part in parts)
        {
            if (part.Matches(payload))
                return null;
        }

        return mismatch;
    }
}

/// <summary>Matches where its part does not.</summary>
internal sealed class Not(ContentFilter part, FilterMismatch mismatch) : ContentFilter
{
    public override FilterMismatch? FindMismatch(JsonElement payload) => part.Matches(payload) ? mismatch : null;
}

/// <summary>Matches where the value at a path passes a test.</summary>
/// <param name="passes">Told null when nothing is there.</param>
internal sealed class ValueTest(JsonPath path, Func<JsonElement?, bool> passes, FilterMismatch mismatch) : ContentFilter
{
    public override FilterMismatch? FindMismatch(JsonElement payload) => passes(path.Find(payload)) ? null : mismatch;
}
