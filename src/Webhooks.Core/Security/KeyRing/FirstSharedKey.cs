using Webhooks.Core.Data;

namespace Webhooks.Core.Security.KeyRing;

/// <summary>Makes the first key of a key ring that nodes share, one node at a time: two that start together would each make their own.</summary>
internal sealed class FirstSharedKey(WebhooksDbContext db, IWebhooksSql sql, SecretProtectors protectors)
{
    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        await using var turn = await sql.BeginWriteAsync(db, cancellationToken);
        protectors.EndpointSecrets.Protect(""); // makes a key where there is none
    }
}
