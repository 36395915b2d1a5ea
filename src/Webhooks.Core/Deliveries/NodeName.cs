namespace Webhooks.Core.Deliveries;

/// <summary>Names this process in leases and attempts: machine, process and a random part, so that a restart is another node.</summary>
internal sealed record NodeName(string Value)
{
    public static NodeName OfThisProcess() => new($"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid().ToString("n")[..6]}");

    public override string ToString() => Value;
}
