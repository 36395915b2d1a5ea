using System.Globalization;
using System.Runtime.InteropServices;

namespace Webhooks.Benchmarks;

/// <summary>Where the numbers go: Markdown on standard output, the raw ones as code.</summary>
internal static class Report
{
    public static void Machine(Run run) => Raw(
        $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores, "
        + $"disk sync {DiskSync.Measure().TotalMilliseconds:0.00} ms, {(run.Quick ? "quick" : "full")} run");

    /// <summary>A number as it was measured, before anything is made of it.</summary>
    public static void Raw(string line) => Console.WriteLine("    " + line);

    public static void Table(string title, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object>> rows)
    {
        Console.WriteLine($"\n### {title}\n");
        Console.WriteLine(Line(columns));
        Console.WriteLine(Line(columns.Select(_ => "---")));
        foreach (var row in rows)
            Console.WriteLine(Line(row.Select(Text)));
        Console.WriteLine();
    }

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string Text(object cell) => cell switch
    {
        double number => number.ToString(Math.Abs(number) >= 100 ? "#,##0" : "0.00", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString("#,##0", CultureInfo.InvariantCulture),
        _ => cell.ToString()!,
    };
}
