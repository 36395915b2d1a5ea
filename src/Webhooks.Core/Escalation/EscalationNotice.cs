namespace Webhooks.Core.Escalation;

/// <summary>Remembers that the log has it: that there is nobody to tell is said once by each process, not every few seconds.</summary>
internal sealed class EscalationNotice
{
    private int _said;

    public bool IsFirst() => Interlocked.Exchange(ref _said, 1) == 0;
}
