using Xunit.Sdk;
using Xunit.v3;

// Browsers and servers side by side would only make one another slow.
[assembly: Parallelization(Mode = ParallelMode.None)]
