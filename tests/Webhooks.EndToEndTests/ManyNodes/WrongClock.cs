using System.Globalization;
using Webhooks.EndToEndTests.Hosting;

namespace Webhooks.EndToEndTests.ManyNodes;

/// <summary>
/// A process whose time of day is wrong, by libfaketime; its monotonic clock and its timers are the machine's, as on a machine whose clock
/// is wrong. Where the library is not, the test skips, unless <c>WEBHOOKS_TEST_REQUIRE</c> has <c>faketime</c>.
/// </summary>
internal static class WrongClock
{
    private const string Libraries = "/usr/lib";

    /// <summary>The environment of such a process.</summary>
    public static IReadOnlyDictionary<string, string?> Of(TimeSpan off) => new Dictionary<string, string?>
    {
        ["LD_PRELOAD"] = Find(),
        ["FAKETIME"] = off.TotalSeconds.ToString("+0;-0", CultureInfo.InvariantCulture),
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",

        // Otherwise waits by the monotonic clock, which is all that .NET's are, end at once.
        ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
    };

    private static string Find()
    {
        var found = OperatingSystem.IsLinux()
            ? Directory.GetDirectories(Libraries, "*-linux-gnu").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1"))
                .FirstOrDefault(File.Exists)
            : null;
        if (found is null)
            Tools.Missing("faketime", "libfaketime is not installed");
        return found!;
    }
}
