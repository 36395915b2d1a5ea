using System.Text.RegularExpressions;

namespace Webhooks.Core.Deliveries;

/// <summary>Names this process in leases and attempts: machine, process and a random part, so that a restart is another node.</summary>
internal sealed partial record NodeName(string Value)
{
    private const int MaxMachine = 200;

    public static NodeName OfThisProcess() => new($"{Machine()}-{Environment.ProcessId}-{Guid.NewGuid().ToString("n")[..6]}");

    public override string ToString() => Value;

    // Only what may stand in an iterator of the list of nodes.
    private static string Machine()
    {
        var name = NoWord().Replace(Environment.MachineName, "-");
        return name.Length > MaxMachine ? name[..MaxMachine] : name;
    }

    [GeneratedRegex(@"[^a-zA-Z0-9\-_.]")]
    private static partial Regex NoWord();
}
