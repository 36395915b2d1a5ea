using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Data.Ids;

namespace Webhooks.Core.Operators;

/// <summary>Identity's store over our tables; its writes queue behind the gate that all writers pass.</summary>
internal sealed class OperatorStore : UserOnlyStore<Operator, WebhooksDbContext, OperatorId>
{
    private readonly IWebhooksSql _sql;
    private readonly IDataProtector _tokens;

    public OperatorStore(WebhooksDbContext db, IWebhooksSql sql, IDataProtectionProvider protection, IdentityErrorDescriber errors)
        : base(db, errors)
    {
        (_sql, _tokens) = (sql, protection.CreateProtector("Webhooks.Operators.Tokens"));
        AutoSaveChanges = false; // saved below, inside the gate
    }

    public override OperatorId ConvertIdFromString(string? id) =>
        id is not null && IdText.TryParse<OperatorId>(id, out var known) ? known : default;

    public override string? ConvertIdToString(OperatorId id) => id == default ? null : id.ToString();

    public override Task<IdentityResult> CreateAsync(Operator user, CancellationToken cancellationToken = default) =>
        SavingAsync(() => base.CreateAsync(user, cancellationToken), cancellationToken);

    public override Task<IdentityResult> UpdateAsync(Operator user, CancellationToken cancellationToken = default) =>
        SavingAsync(() => base.UpdateAsync(user, cancellationToken), cancellationToken);

    public override Task<IdentityResult> DeleteAsync(Operator user, CancellationToken cancellationToken = default) =>
        SavingAsync(() => base.DeleteAsync(user, cancellationToken), cancellationToken);

    // Whoever can read the table must not be able to make the codes of an authenticator app.
    public override Task SetTokenAsync(Operator user, string loginProvider, string name, string? value, CancellationToken cancellationToken) =>
        base.SetTokenAsync(user, loginProvider, name, value is null ? null : _tokens.Protect(value), cancellationToken);

    public override async Task<string?> GetTokenAsync(
        Operator user, string loginProvider, string name, CancellationToken cancellationToken) =>
        await base.GetTokenAsync(user, loginProvider, name, cancellationToken) is { } hidden ? _tokens.Unprotect(hidden) : null;

    private async Task<IdentityResult> SavingAsync(Func<Task<IdentityResult>> change, CancellationToken cancellationToken)
    {
        // In the caller's transaction it is a part of what the caller does, who commits.
        if (Context.Database.CurrentTransaction is not null)
            return await SaveAsync(change, cancellationToken);

        await using var transaction = await _sql.BeginWriteAsync(Context, cancellationToken);
        var result = await SaveAsync(change, cancellationToken);
        if (result.Succeeded)
            await transaction.CommitAsync(CancellationToken.None);
        return result;
    }

    private async Task<IdentityResult> SaveAsync(Func<Task<IdentityResult>> change, CancellationToken cancellationToken)
    {
        var result = await change();
        if (!result.Succeeded)
            return result;

        try
        {
            await Context.SaveChangesAsync(cancellationToken);
            return result;
        }
        catch (DbUpdateConcurrencyException)
        {
            return IdentityResult.Failed(ErrorDescriber.ConcurrencyFailure());
        }
    }
}
