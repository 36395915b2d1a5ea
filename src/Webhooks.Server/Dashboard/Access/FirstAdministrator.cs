using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Operators;
using Webhooks.Server.Startup;

namespace Webhooks.Server.Dashboard.Access;

/// <summary>Made at the first start, so that somebody can sign in and make the others.</summary>
internal sealed class FirstAdministrator(
    UserManager<Operator> operators, WebhooksDbContext db, OperatorChanges changes, IdGenerator ids, IOptions<DashboardOptions> options,
    TimeProvider clock)
{
    /// <returns>Name and password if one was made whose password nobody knows yet; otherwise null.</returns>
    public async Task<Made?> MakeAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.AllowPasswords || await db.Operators.AnyAsync(cancellationToken))
            return null;

        var (name, set) = (options.Value.AdministratorName, options.Value.AdministratorPassword);
        var password = set ?? OneTimePassword.Make();
        var answer = await CreateAsync(name, password, isOneTime: set is null, cancellationToken);
        if (answer is null || (!answer.IsDone && await db.Operators.AnyAsync(cancellationToken)))
            return null; // another node was first: its password is the one that counts
        if (!answer.IsDone)
            throw new StartupException($"The first administrator could not be made: {answer.Fault}");

        return set is null ? new Made(name, password) : null;
    }

    private async Task<OperatorAnswer?> CreateAsync(string name, string password, bool isOneTime, CancellationToken cancellationToken)
    {
        var administrator = OperatorDesk.Make(ids, clock, name, name, OperatorRole.Administrator);
        try
        {
            return await changes.RunAsync(
                async () =>
                {
                    changes.Note("The first start", "add", administrator, administrator.Role.ToString());
                    var answer = OperatorAnswer.Of(await operators.CreateAsync(administrator, password));
                    return answer.IsDone && isOneTime
                        ? OperatorAnswer.Of(await operators.AddClaimAsync(administrator, OneTimePassword.Claim))
                        : answer;
                },
                cancellationToken);
        }
        catch (DbUpdateException) when (db.Operators.Any())
        {
            return null;
        }
    }

    internal sealed record Made(string Name, string Password);
}
