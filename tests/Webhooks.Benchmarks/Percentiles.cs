namespace Webhooks.Benchmarks;

/// <summary>Durations in milliseconds by rank.</summary>
internal sealed record Percentiles(int Count, double P50, double P95, double P99, double Max)
{
    public static Percentiles Of(IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToArray();
        return sorted.Length == 0 ? new(0, 0, 0, 0, 0) : new(sorted.Length, At(0.50), At(0.95), At(0.99), sorted[^1]);

        double At(double rank) => sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(rank * sorted.Length) - 1)];
    }

    public override string ToString() => FormattableString.Invariant($"n={Count} p50={P50:0.00} p95={P95:0.00} p99={P99:0.00} max={Max:0.00} ms");
}
