using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Security;
using Webhooks.Core.Security.Signing;
using Webhooks.Protocol;

namespace Webhooks.Server.Inbox;

/// <summary>Does what a subscriber does: verifies a delivery with the secrets of the endpoints that point at the inbox.</summary>
internal sealed class InboxVerifier(WebhooksDbContext db, SecretProtectors protectors, TimeProvider clock)
{
    public async Task<VerificationResult?> VerifyAsync(string inboxPath, IHeaderDictionary headers, byte[] body, CancellationToken cancellationToken)
    {
        var keys = await ReadKeysAsync(inboxPath, cancellationToken);
        return keys.Count == 0
            ? null
            : new WebhookVerifier(keys, clock).Verify(
                headers[WebhookHeaders.Id], headers[WebhookHeaders.Timestamp], headers[WebhookHeaders.Signature], body);
    }

    private async Task<List<IVerificationKey>> ReadKeysAsync(string inboxPath, CancellationToken cancellationToken)
    {
        var secrets = await (
            from endpoint in db.Endpoints
            join secret in db.EndpointSecrets on endpoint.Id equals secret.EndpointId
            where endpoint.DeletedAt == null && endpoint.Url.EndsWith(inboxPath)
            select secret.Protected).ToListAsync(cancellationToken);
        return secrets.ConvertAll(ToKey);
    }

    private IVerificationKey ToKey(byte[] secret) =>
        SigningSecrets.TryParse(protectors.EndpointSecrets.Unprotect(secret), out var parsed, out var error)
            ? SigningSecrets.ToVerificationKey(parsed)
            : throw new InvalidOperationException(error);
}
