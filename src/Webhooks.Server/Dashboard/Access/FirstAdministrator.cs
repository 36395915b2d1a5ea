using System.Security.Cryptography;
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
    UserManager<Operator> operators, WebhooksDbContext db, IdGenerator ids, IOptions<DashboardOptions> options, TimeProvider clock)
{
    private const int GeneratedBytes = 15; // 20 characters of base64

    /// <returns>Name and password if one was made whose password nobody knows yet; otherwise null.</returns>
    public async Task<Made?> MakeAsync(CancellationToken cancellationToken)
    {
        if (await db.Operators.AnyAsync(cancellationToken))
            return null;

        var name = options.Value.AdministratorName;
        var password = options.Value.AdministratorPassword ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(GeneratedBytes));
        var result = await CreateAsync(name, password);
        if (result is null || (!result.Succeeded && await db.Operators.AnyAsync(cancellationToken)))
            return null; // another node was first: its password is the one that counts
        if (!result.Succeeded)
            throw new StartupException($"The first administrator could not be made: {result.Errors.First().Description}");

        return options.Value.AdministratorPassword is null ? new Made(name, password) : null;
    }

    private async Task<IdentityResult?> CreateAsync(string name, string password)
    {
        var administrator = new Operator
        {
            Id = ids.New<OperatorId>(),
            UserName = name,
            DisplayName = name,
            Role = OperatorRole.Administrator,
            CreatedAt = clock.GetUtcMicroseconds(),
            LockoutEnabled = true,
        };
        try
        {
            return await operators.CreateAsync(administrator, password);
        }
        catch (DbUpdateException) when (db.Operators.Any())
        {
            return null;
        }
    }

    internal sealed record Made(string Name, string Password);
}
