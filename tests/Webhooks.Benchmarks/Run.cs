namespace Webhooks.Benchmarks;

/// <summary>How long one run of the benchmarks may take.</summary>
/// <param name="Quick">About a tenth of the work, to see whether things work; its numbers mean little.</param>
internal sealed record Run(bool Quick)
{
    /// <summary>The count of a full run, or a tenth of it.</summary>
    public int Count(int full) => Quick ? full / 10 : full;

    public TimeSpan Time(TimeSpan full) => Quick ? full / 4 : full;
}
