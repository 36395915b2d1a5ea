using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Operators;

namespace Webhooks.Server.Dashboard.Access;

/// <summary>What administrators decide about people. Nobody decides about their own access, and one administrator is always left.</summary>
internal sealed class OperatorDesk(
    UserManager<Operator> operators, WebhooksDbContext db, OperatorChanges changes, IdGenerator ids, TimeProvider clock)
{
    private const string OnlyAdministrator = "This is the last administrator. Make somebody else one first.";

    /// <returns>With the one-time password.</returns>
    public Task<OperatorAnswer> AddAsync(Actor who, string name, OperatorRole role, CancellationToken cancellationToken) =>
        changes.RunAsync(
            async () =>
            {
                name = name.Trim();
                if (await db.FindFaultAsync(name, null, cancellationToken) is { } fault)
                    return OperatorAnswer.Refused(fault);

                var person = Make(ids, clock, name, name, role);
                var password = OneTimePassword.Make();
                changes.Note(who.Name, "add", person, role.ToString());
                var answer = OperatorAnswer.Of(await operators.CreateAsync(person, password));
                return answer.IsDone ? await GivePasswordAsync(person, password) : answer;
            },
            cancellationToken);

    public Task<OperatorAnswer> SetRoleAsync(Actor who, OperatorId id, OperatorRole role, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            async person =>
            {
                if (person.Id == who.Id)
                    return OperatorAnswer.Refused("Nobody changes their own role. Ask another administrator.");
                if (role < OperatorRole.Administrator && await IsOnlyAdministratorAsync(person, cancellationToken))
                    return OperatorAnswer.Refused(OnlyAdministrator);

                changes.Note(who.Name, "set-role", person, $"{person.Role} to {role}");
                person.Role = role;
                return await EndSessionsAsync(person); // they carry the old role
            },
            cancellationToken);

    public Task<OperatorAnswer> DisableAsync(Actor who, OperatorId id, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            async person =>
            {
                if (person.Id == who.Id)
                    return OperatorAnswer.Refused("Nobody takes away their own access. Ask another administrator.");
                if (await IsOnlyAdministratorAsync(person, cancellationToken))
                    return OperatorAnswer.Refused(OnlyAdministrator);

                changes.Note(who.Name, "disable", person);
                person.DisabledAt = clock.GetUtcMicroseconds();
                return await EndSessionsAsync(person);
            },
            cancellationToken);

    public Task<OperatorAnswer> EnableAsync(Actor who, OperatorId id, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            async person =>
            {
                changes.Note(who.Name, "enable", person);
                Admit(person);
                return OperatorAnswer.Of(await operators.UpdateAsync(person));
            },
            cancellationToken);

    /// <summary>Also lets in again who was locked out by too many attempts.</summary>
    /// <returns>With the one-time password.</returns>
    public Task<OperatorAnswer> ResetPasswordAsync(Actor who, OperatorId id, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            async person =>
            {
                changes.Note(who.Name, "reset-password", person);
                var password = OneTimePassword.Make();
                (person.LockoutEnd, person.AccessFailedCount) = (null, 0);
                await operators.RemovePasswordAsync(person);
                var answer = OperatorAnswer.Of(await operators.AddPasswordAsync(person, password)); // ends all sessions, too
                return answer.IsDone ? await GivePasswordAsync(person, password) : answer;
            },
            cancellationToken);

    public Task<OperatorAnswer> ResetTwoFactorAsync(Actor who, OperatorId id, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            async person =>
            {
                changes.Note(who.Name, "reset-two-factor", person);
                return OperatorAnswer.Of(await operators.SetTwoFactorEnabledAsync(person, false)); // ends all sessions, too
            },
            cancellationToken);

    public Task<OperatorAnswer> EndSessionsAsync(Actor who, OperatorId id, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            person =>
            {
                changes.Note(who.Name, "end-sessions", person);
                return EndSessionsAsync(person);
            },
            cancellationToken);

    /// <summary>Somebody new, who can be locked out by too many attempts.</summary>
    public static Operator Make(IdGenerator ids, TimeProvider clock, string name, string displayName, OperatorRole role) => new()
    {
        Id = ids.New<OperatorId>(),
        UserName = name,
        DisplayName = displayName,
        Role = role,
        CreatedAt = clock.GetUtcMicroseconds(),
        LockoutEnabled = true,
    };

    private static void Admit(Operator person) => (person.DisabledAt, person.LockoutEnd, person.AccessFailedCount) = (null, null, 0);

    private Task<OperatorAnswer> ChangeAsync(
        OperatorId id, Func<Operator, Task<OperatorAnswer>> change, CancellationToken cancellationToken) => changes.RunAsync(
        async () => await db.Operators.AsTracking().FirstOrDefaultAsync(o => o.Id == id, cancellationToken) is { } person
            ? await change(person)
            : OperatorAnswer.Refused("There is no such operator."),
        cancellationToken);

    private async Task<OperatorAnswer> EndSessionsAsync(Operator person) =>
        OperatorAnswer.Of(await operators.UpdateSecurityStampAsync(person));

    private async Task<OperatorAnswer> GivePasswordAsync(Operator person, string password)
    {
        await operators.RemoveClaimAsync(person, OneTimePassword.Claim);
        var answer = OperatorAnswer.Of(await operators.AddClaimAsync(person, OneTimePassword.Claim));
        return answer.IsDone ? OperatorAnswer.With(password) : answer;
    }

    private async Task<bool> IsOnlyAdministratorAsync(Operator person, CancellationToken cancellationToken)
    {
        // All of them are locked at once: of two who take away each other's access at the same time, the second sees what the first did.
        var administrators = db.Operators.Where(o => o.Role == OperatorRole.Administrator && o.DisabledAt == null);
        await administrators.ExecuteUpdateAsync(set => set.SetProperty(o => o.Role, OperatorRole.Administrator), cancellationToken);
        return await administrators.AnyAsync(o => o.Id == person.Id, cancellationToken)
            && !await administrators.AnyAsync(o => o.Id != person.Id, cancellationToken);
    }
}

/// <summary>Who decides.</summary>
/// <param name="Id">Null for the machine's own administrator, at its command line.</param>
/// <param name="Name">As the audit log names it.</param>
internal sealed record Actor(OperatorId? Id, string Name);
