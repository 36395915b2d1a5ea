using Webhooks.Benchmarks;
using Webhooks.Benchmarks.Receiving;
using Webhooks.Benchmarks.Tables;

if (args is [ReceiverProgram.Command, var address])
    return await ReceiverProgram.RunAsync(address);

var tables = new Dictionary<string, Func<Run, Task>>
{
    ["pipeline"] = PipelineTable.RunAsync,
    ["accept"] = PipelineTable.RunAcceptAsync,
    ["drain"] = PipelineTable.RunDrainAsync,
    ["latency"] = LatencyTable.RunAsync,
    ["claims"] = ClaimsTable.RunAsync,
    ["isolation"] = IsolationTable.RunAsync,
    ["postgres"] = SharedTable.RunAsync,
    ["dashboard"] = DashboardTable.RunAsync,
};
var run = new Run(Quick: args.Contains("--quick"));
var wanted = args.Contains("all") ? [.. tables.Keys.Where(name => name is not ("accept" or "drain" or "postgres" or "dashboard"))] : args.Where(tables.ContainsKey).ToArray();
if (wanted.Length == 0)
{
    Console.Error.WriteLine($"Which table? {string.Join(" | ", tables.Keys)} | all, and --quick for a short look.");
    return 2;
}

Report.Machine(run);
foreach (var table in wanted)
    await tables[table](run);
return 0;
