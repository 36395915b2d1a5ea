using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Audit;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Operators;
using Webhooks.Core.Security.KeyRing;
using Webhooks.Server.Dashboard.Access;

namespace Webhooks.Server.Startup;

/// <summary>
/// <c>Webhooks.Server operator reset-password &lt;name&gt;</c>: for when no administrator can sign in any more. Whoever may read the
/// service's settings on its machine may do this; it is in the audit log as everything else.
/// </summary>
internal static class OperatorCommand
{
    public const string Name = "operator";

    private const string ResetPassword = "reset-password";
    private const string ResetTwoFactor = "reset-two-factor";

    private static readonly Actor Machine = new(null, "The command line");

    public static async Task<int> RunAsync(WebApplicationBuilder builder, IReadOnlyList<string> words)
    {
        if (words is not [ResetPassword or ResetTwoFactor, var name])
            throw new StartupException(
                $"'{Name}' is followed by {ResetPassword} or {ResetTwoFactor}, and the name that somebody signs in with.");

        var storage = builder.AddStorage();
        builder.Services.AddWebhooksKeyRing(builder.Configuration, builder.Environment, storage.IsShared ? null : storage.Location);
        builder.Services.AddSingleton<IdGenerator>().AddScoped<AuditTrail>();
        builder.Services.AddOperators();

        // Not built as the server is: nothing of it runs here, and most of it is not there.
        await using var services = builder.Services.BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        await storage.RefuseOtherSchemaAsync(scope.ServiceProvider, CancellationToken.None);
        return await ChangeAsync(scope.ServiceProvider, name, words[0] == ResetPassword);
    }

    private static async Task<int> ChangeAsync(IServiceProvider services, string name, bool isPassword)
    {
        var id = await FindAsync(services.GetRequiredService<WebhooksDbContext>(), name)
            ?? throw new StartupException($"Nobody signs in as '{name}'.");
        var desk = services.GetRequiredService<OperatorDesk>();
        var answer = isPassword
            ? await desk.ResetPasswordAsync(Machine, id, CancellationToken.None)
            : await desk.ResetTwoFactorAsync(Machine, id, CancellationToken.None);
        if (!answer.IsDone)
            throw new StartupException(answer.Fault!);

        Console.WriteLine(isPassword
            ? $"Sign in as {name} with {answer.Secrets[0]} and choose another password."
            : $"{name} signs in without a second step now.");
        return 0;
    }

    private static Task<OperatorId?> FindAsync(WebhooksDbContext db, string name)
    {
        var normalized = name.ToUpperInvariant();
        return db.Operators.Where(o => o.NormalizedUserName == normalized).Select(o => (OperatorId?)o.Id).FirstOrDefaultAsync();
    }
}
