using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Webhooks.Core.Data;
using Webhooks.Core.Security;
using Webhooks.Core.Security.KeyRing;

namespace Webhooks.Core.Endpoints;

/// <summary>
/// Stops the start when the key ring lacks the keys of what is stored. Data Protection would make a new key and say nothing: the
/// service would look healthy while every delivery fails by our own fault and ends as a dead letter within minutes.
/// </summary>
internal sealed class StoredSecretsCheck(WebhooksDbContext db, SecretProtectors protectors)
{
    /// <exception cref="KeyRingException">A stored secret can't be decrypted.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Keys follow one another in time: a folder that is missing or from the wrong backup shows at the oldest secret or at the newest.
        var secrets = db.EndpointSecrets.AsNoTracking();
        Check(await secrets.OrderBy(s => s.Id).Select(s => s.Protected).FirstOrDefaultAsync(cancellationToken));
        Check(await secrets.OrderByDescending(s => s.Id).Select(s => s.Protected).FirstOrDefaultAsync(cancellationToken));
    }

    private void Check(byte[]? stored)
    {
        try
        {
            if (stored is not null)
                protectors.EndpointSecrets.Unprotect(stored);
        }
        catch (CryptographicException fault)
        {
            throw new KeyRingException(fault.Message, fault);
        }
    }
}
