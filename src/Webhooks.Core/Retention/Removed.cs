namespace Webhooks.Core.Retention;

/// <summary>How many rows one transaction removed.</summary>
internal readonly record struct Removed
{
    public int Payloads { get; init; }
    public int Attempts { get; init; }
    public int Deliveries { get; init; }
    public int Messages { get; init; }
    public int Endpoints { get; init; }
    public int Applications { get; init; }
    public int Incidents { get; init; }
    public int LedgerHours { get; init; }
}
