using Xunit.Sdk;
using Xunit.v3;

// Each test runs a server of its own and most load it: side by side they would only make one another slow.
[assembly: Parallelization(Mode = ParallelMode.None)]
