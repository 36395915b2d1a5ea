using System.Text.RegularExpressions;

namespace Webhooks.Server.Tests.Fuzz;

/// <summary>
/// What paths and bodies are filled with: ids that answers showed, a few names that meet again, and garbage. New kinds of resources are
/// learned from the answers that name them.
/// </summary>
internal sealed partial class ResourcePool(Random random)
{
    private const int MaxOfAKind = 40;

    private static readonly string[] Names = ["a", "b", "orders", "invoice.paid", "invoice.voided", "beta", "x-y_z.1", "customer-4711"];

    private static readonly string[] Garbage =
    [
        "%00", "%C3%28", "%ED%A0%80", "..", "%2e%2e%2f", "a%2Fb", "%F0%9F%98%80", "%20", "%25", "%zz", "%", "none", "app_", "ep_0", "'--",
        "*", "%0d%0a",
        "app_00000000000000000000000001", "msg_zzzzzzzzzzzzzzzzzzzzzzzzzz", "key_7zzzzzzzzzzzzzzzzzzzzzzzzz", "-1", "null", "{}",
        "undefined", new('a', 300),
    ];

    private readonly Dictionary<string, List<string>> _ids = [];
    private readonly Dictionary<string, string> _scene = [];

    /// <summary>Resources that belong together: paths are filled with them more often than not, so that they lead somewhere.</summary>
    public void SetScene(params ReadOnlySpan<string> ids)
    {
        foreach (var id in ids)
        {
            _scene[PrefixOf(id)] = id;
            Learn($"\"{id}\"");
        }
    }

    /// <summary>Remembers the ids that an answer shows; of each kind the newest.</summary>
    public void Learn(string answer)
    {
        foreach (var id in Id().EnumerateMatches(answer))
        {
            var text = answer.Substring(id.Index, id.Length);
            var known = KnownOf(PrefixOf(text));
            if (!known.Contains(text))
                known.Add(text);
            if (known.Count > MaxOfAKind)
                known.RemoveAt(0);
        }
    }

    /// <summary>What stands in a slot of a path, as it is sent.</summary>
    public string Slot(string name) => random.Next(20) switch
    {
        0 or 1 => Garbage[random.Next(Garbage.Length)],
        2 or 3 => Name(),
        4 => AnyId(),
        _ => IdFor(name) ?? AnyId(),
    };

    public string Name() => Names[random.Next(Names.Length)];

    public string AnyId() => _ids.Count == 0 ? Name() : Pick(_ids.Values.ElementAt(random.Next(_ids.Count)));

    // Slots are named by what they take; those that are not get names.
    private string? IdFor(string slot)
    {
        var prefix = slot switch
        {
            "app_id" => "app_",
            "msg_id" => "msg_",
            "attempt_id" => "atmpt_",
            "key_id" => "key_",
            "event_type_name" or "consumer_id" => null,
            "task_id" => "qtask_",
            "incident_id" => "inc_",
            "policy_id" => "esc_",
            "channel_id" => "chan_",
            "dlv_id" => "dlv_",
            _ => "ep_",
        };
        return prefix is null ? Name()
            : random.Next(3) > 0 && _scene.TryGetValue(prefix, out var current) ? current
            : KnownOf(prefix) is { Count: > 0 } known ? Pick(known) : null;
    }

    private List<string> KnownOf(string prefix) => _ids.TryGetValue(prefix, out var known) ? known : _ids[prefix] = [Name()];

    private static string PrefixOf(string id) => id[..(id.IndexOf('_', StringComparison.Ordinal) + 1)];

    private string Pick(List<string> known) => known[random.Next(known.Count)];

    [GeneratedRegex("(?<=\")[a-z]{2,6}_[0-7][0-9a-hjkmnp-tv-z]{25}(?=\")")]
    private static partial Regex Id();
}
