using System.Text;
using System.Text.Json;
using FsCheck.Xunit;
using Webhooks.Core.Endpoints.Filters;
using Webhooks.Core.Http.Bodies;

namespace Webhooks.Core.Tests.Endpoints.Filters;

/// <summary>What holds of every filter and every payload.</summary>
public sealed class ContentFilterProperties
{
    [Property(Arbitrary = [typeof(AnyJson)])]
    public bool Not_Twice_IsTheFilterItself(Filter f, Payload payload) => Matches(Not(Not(f.Json)), payload) == Matches(f.Json, payload);

    [Property(Arbitrary = [typeof(AnyJson)])]
    public bool Not_Once_IsTheOpposite(Filter f, Payload payload) => Matches(Not(f.Json), payload) != Matches(f.Json, payload);

    [Property(Arbitrary = [typeof(AnyJson)])]
    public bool And_OfTwo_NeedsBothInAnyOrder(Filter f, Filter g, Payload payload)
    {
        var both = Matches(f.Json, payload) && Matches(g.Json, payload);
        return Matches(Joined("and", f, g), payload) == both && Matches(Joined("and", g, f), payload) == both;
    }

    [Property(Arbitrary = [typeof(AnyJson)])]
    public bool Or_OfTwo_NeedsOneInAnyOrder(Filter f, Filter g, Payload payload)
    {
        var one = Matches(f.Json, payload) || Matches(g.Json, payload);
        return Matches(Joined("or", f, g), payload) == one && Matches(Joined("or", g, f), payload) == one;
    }

    [Property(Arbitrary = [typeof(AnyJson)])]
    public bool Not_OfAnd_IsOrOfNots(Filter f, Filter g, Payload payload) =>
        Matches(Not(Joined("and", f, g)), payload) == Matches(Joined("or", new(Not(f.Json)), new(Not(g.Json))), payload);

    [Property(Arbitrary = [typeof(AnyJson)])]
    public bool FindMismatch_OfAny_LeadsToAPartOfTheFilter(Filter f, Payload payload)
    {
        var mismatch = Compile(f.Json).FindMismatch(JsonDocument.Parse(payload.Json).RootElement);
        return mismatch is null || Leads(JsonDocument.Parse(f.Json).RootElement, mismatch.Loc);
    }

    [Property(Arbitrary = [typeof(AnyJson)], MaxTest = 500)]
    public bool Read_AnyJson_IsAFilterOrHasFaults(Attempt attempt)
    {
        if (!StrictJson.TryParse(Encoding.UTF8.GetBytes(attempt.Json), out _, out _))
            return true; // refused before it could be read

        var reader = new ContentFilterReader();
        return reader.Read(Encoding.UTF8.GetBytes(attempt.Json)) is null == reader.Faults.Count > 0;
    }

    [Property]
    public bool TryParse_AnyText_IsAPathOrAnError(FsCheck.NonNull<string> text) =>
        JsonPath.TryParse("$" + text.Get, out var path, out var error) ? (path, error) is ({ }, null) : (path, error) is (null, { });

    [Property]
    public bool Find_AnyName_IsThatMember(FsCheck.NonNull<string> text)
    {
        var name = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Get)); // without half pairs
        var payload = JsonSerializer.SerializeToElement(new Dictionary<string, int> { [name] = 1, [name + "x"] = 2 });
        return JsonPath.TryParse($"$[{JsonSerializer.Serialize(name)}]", out var path, out _) && path.Find(payload)?.GetInt32() == 1;
    }

    private static bool Leads(JsonElement from, IReadOnlyList<string> loc)
    {
        foreach (var step in loc)
        {
            if (from.ValueKind is JsonValueKind.Array)
                from = from[int.Parse(step.Trim('[', ']'), System.Globalization.CultureInfo.InvariantCulture)];
            else if (!from.TryGetProperty(step, out from))
                return false;
        }

        return true;
    }

    private static string Not(string filter) => $$"""{"not":{{filter}}}""";

    private static string Joined(string kind, Filter f, Filter g) => $$"""{"{{kind}}":[{{f.Json}},{{g.Json}}]}""";

    private static ContentFilter Compile(string json) => ContentFilter.Parse(json);

    private static bool Matches(string filter, Payload payload)
    {
        using var parsed = new FilteredPayload(Encoding.UTF8.GetBytes(payload.Json));
        return parsed.Matches(Compile(filter));
    }
}
