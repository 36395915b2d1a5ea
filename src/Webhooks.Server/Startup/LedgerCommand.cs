using Webhooks.Core.Ledger;
using Webhooks.Core.Retention;

namespace Webhooks.Server.Startup;

/// <summary>
/// <c>Webhooks.Server ledger verify</c>: whether the books still are what was sealed, and the deliveries' rows what the books say. Tells
/// everything that is wrong, a line each, and ends with 0 only where nothing is.
/// </summary>
internal static class LedgerCommand
{
    public const string Name = "ledger";

    private const string Verify = "verify";
    private const string Example = $"--{DataDirectory.Setting}=<folder>";

    public static async Task<int> RunAsync(WebApplicationBuilder builder, IReadOnlyList<string> words)
    {
        if (words is not [Verify, ..])
            throw new StartupException($"'{Name}' is followed by one word, {Verify}, and by settings such as {Example}.");
        if (SettingWords.FindOther([.. words.Skip(1)]) is { } other)
            throw new StartupException($"'{Name} {Verify}' may be followed by settings such as {Example}; '{other}' is none.");

        var storage = builder.AddStorage();
        builder.Services.AddRetention();
        builder.Services.AddLedger();

        // Not built as the server is: nothing of it runs here, and most of it is not there.
        await using var services = builder.Services.BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        await storage.RefuseOtherSchemaAsync(scope.ServiceProvider, CancellationToken.None);
        return await TellAsync(scope.ServiceProvider.GetRequiredService<LedgerVerifier>());
    }

    private static async Task<int> TellAsync(LedgerVerifier verifier)
    {
        var faults = 0;
        await foreach (var fault in verifier.FindFaultsAsync(CancellationToken.None))
        {
            faults++;
            Console.WriteLine(fault);
        }

        Console.WriteLine(faults == 0 ? "The books are as they were sealed, and they balance." : $"Faults found: {faults}.");
        return faults == 0 ? 0 : 1;
    }
}
