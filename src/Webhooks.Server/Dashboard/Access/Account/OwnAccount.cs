using Microsoft.AspNetCore.Identity;
using Webhooks.Core.Data;
using Webhooks.Core.Operators;

namespace Webhooks.Server.Dashboard.Access.Account;

/// <summary>What people change of their own. The session that they do it in goes on, all others end.</summary>
internal sealed class OwnAccount(
    UserManager<Operator> operators, SignInManager<Operator> session, WebhooksDbContext db, OperatorChanges changes)
{
    private const string WrongPassword = "The password is not right.";
    private const string TooManyAttempts = "Too many attempts. Wait 15 minutes, or ask an administrator.";

    public Task<OperatorAnswer> RenameAsync(Operator person, string name, CancellationToken cancellationToken) => RunAsync(
        person,
        async () =>
        {
            name = name.Trim();
            if (await db.FindFaultAsync(name, person.Id, cancellationToken) is { } fault)
                return OperatorAnswer.Refused(fault);

            changes.Note(person.DisplayName, "rename", person, $"{person.DisplayName} to {name}");
            person.DisplayName = name;
            return OperatorAnswer.Of(await operators.UpdateAsync(person));
        },
        cancellationToken);

    public Task<OperatorAnswer> EndOtherSessionsAsync(Operator person, CancellationToken cancellationToken) => RunAsync(
        person,
        async () =>
        {
            changes.Note(person.DisplayName, "end-sessions", person);
            return OperatorAnswer.Of(await operators.UpdateSecurityStampAsync(person));
        },
        cancellationToken);

    public async Task<OperatorAnswer> ChangePasswordAsync(
        Operator person, string current, string chosen, CancellationToken cancellationToken)
    {
        if (await FindFaultAsync(person, current) is { } fault)
            return OperatorAnswer.Refused(fault);
        if (current == chosen)
            return OperatorAnswer.Refused("Choose another password than the one that you have.");

        return await RunAsync(
            person,
            async () =>
            {
                changes.Note(person.DisplayName, "change-password", person);
                await operators.RemoveClaimAsync(person, OneTimePassword.Claim);
                return OperatorAnswer.Of(await operators.ChangePasswordAsync(person, current, chosen));
            },
            cancellationToken);
    }

    public async Task<OperatorAnswer> DisableTwoFactorAsync(Operator person, string password, CancellationToken cancellationToken)
    {
        if (await FindFaultAsync(person, password) is { } fault)
            return OperatorAnswer.Refused(fault);

        return await RunAsync(
            person,
            async () =>
            {
                changes.Note(person.DisplayName, "disable-two-factor", person);
                return OperatorAnswer.Of(await operators.SetTwoFactorEnabledAsync(person, false));
            },
            cancellationToken);
    }

    /// <summary>Runs a change, and gives this browser the session that is good after it.</summary>
    public async Task<OperatorAnswer> RunAsync(Operator person, Func<Task<OperatorAnswer>> change, CancellationToken cancellationToken)
    {
        var answer = await changes.RunAsync(change, cancellationToken);
        if (answer.IsDone)
            await session.RefreshSignInAsync(person);
        return answer;
    }

    // As at signing in: whoever sits before an open page may not try passwords for ever.
    private async Task<string?> FindFaultAsync(Operator person, string password)
    {
        var result = await session.CheckPasswordSignInAsync(person, password, lockoutOnFailure: true);
        return result.Succeeded ? null : result.IsLockedOut ? TooManyAttempts : WrongPassword;
    }
}
