using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;
using Webhooks.Core.Operators;

namespace Webhooks.Server.Dashboard.Access.OpenId;

/// <summary>
/// People whom the identity provider vouches for. They are known by its address and their subject there, never by a name: names are given
/// to others. What they may do is what the provider says at each sign-in.
/// </summary>
internal sealed class ExternalOperators(
    UserManager<Operator> operators, WebhooksDbContext db, OperatorChanges changes, IdGenerator ids, TimeProvider clock,
    IOptions<IdentityProviderOptions> options)
{
    /// <summary>Finds the person or, at the first sign-in, makes one.</summary>
    /// <returns>Null when the provider gives no role here.</returns>
    public async Task<Operator?> AdmitAsync(ClaimsPrincipal identity, CancellationToken cancellationToken)
    {
        if (identity.FindFirstValue("sub") is not { Length: > 0 } subject)
            return null;

        Operator? admitted = null;
        await changes.RunAsync(
            async () =>
            {
                var role = options.Value.RoleOf(identity.FindAll(options.Value.RoleClaim).Select(claim => claim.Value));
                var known = await operators.FindByLoginAsync(options.Value.Authority!, subject);
                if (known is null && role is null)
                    return OperatorAnswer.Refused(SignInRefusal.NoRole);

                admitted = role is null ? null : known;
                if (known is not null)
                    return known.Role == role ? OperatorAnswer.Done : await FollowAsync(known, role);

                (admitted, var answer) = await AddAsync(identity, subject, role!.Value, cancellationToken);
                return answer;
            },
            cancellationToken);
        return admitted;
    }

    // Whoever has another role now, or none, must not go on in another browser with the old one.
    private async Task<OperatorAnswer> FollowAsync(Operator person, OperatorRole? role)
    {
        if (role is { } given)
            changes.Note(options.Value.DisplayName, "set-role", person, $"{person.Role} to {given}");
        else
            changes.Note(options.Value.DisplayName, "end-sessions", person, "no role any more");
        person.Role = role ?? person.Role;
        return OperatorAnswer.Of(await operators.UpdateSecurityStampAsync(person));
    }

    private async Task<(Operator?, OperatorAnswer)> AddAsync(
        ClaimsPrincipal identity, string subject, OperatorRole role, CancellationToken cancellationToken)
    {
        var name = await NameAsync(identity, subject, cancellationToken);
        var person = OperatorDesk.Make(ids, clock, name, await DisplayNameAsync(identity, name, cancellationToken), role);
        changes.Note(options.Value.DisplayName, "add", person, role.ToString());
        var answer = OperatorAnswer.Of(await operators.CreateAsync(person));
        if (answer.IsDone)
            answer = OperatorAnswer.Of(await operators.AddLoginAsync(person, new(options.Value.Authority!, subject, options.Value.DisplayName)));
        return (answer.IsDone ? person : null, answer);
    }

    // A name that somebody here has already stays theirs.
    private async Task<string> NameAsync(ClaimsPrincipal identity, string subject, CancellationToken cancellationToken)
    {
        var wanted = (identity.FindFirstValue("preferred_username") ?? identity.FindFirstValue("email") ?? subject).Trim();
        return await db.FindFaultAsync(wanted, null, cancellationToken) is null ? wanted : $"{subject} at {options.Value.DisplayName}";
    }

    private async Task<string> DisplayNameAsync(ClaimsPrincipal identity, string name, CancellationToken cancellationToken)
    {
        var wanted = identity.FindFirstValue("name")?.Trim() ?? name;
        return await db.FindFaultAsync(wanted, null, cancellationToken) is null ? wanted : name;
    }
}
