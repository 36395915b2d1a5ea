using System.ComponentModel;

namespace Webhooks.EndToEndTests.Hosting;

/// <summary>
/// Programs that some tests need beside the .NET SDK. Where one is missing the test skips and says so, unless
/// <c>WEBHOOKS_TEST_REQUIRE</c> (names, separated by commas) has it: then it fails.
/// </summary>
internal static class Tools
{
    public const string RequireVariable = "WEBHOOKS_TEST_REQUIRE";

    public static async Task NeedAsync(string name, params string[] programs)
    {
        foreach (var program in programs)
        {
            if (!await RunsAsync(program))
                Missing(name, $"'{program}' is not installed");
        }
    }

    /// <summary>Skips, or fails where the tool is required.</summary>
    public static void Missing(string name, string reason)
    {
        var required = Environment.GetEnvironmentVariable(RequireVariable)?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        if (required.Contains(name, StringComparer.OrdinalIgnoreCase))
            Assert.Fail($"{reason}, and {RequireVariable} has '{name}'.");
        Assert.Skip($"{reason}.");
    }

    private static async Task<bool> RunsAsync(string program)
    {
        try
        {
            await using var child = ChildProcess.Start(program, ["--version"], Path.GetTempPath());
            return await child.ExitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken) == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
