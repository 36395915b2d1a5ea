using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Hosting;

namespace Webhooks.Core.Security.KeyRing;

/// <summary>
/// Stops the start when a key of the key ring can't be read. Data Protection itself would pass over that key and make a new one: the
/// service would look healthy while every secret that the old key encrypted is lost to it. Runs before anything else starts.
/// </summary>
internal sealed class KeyRingCheck(IKeyManager keys) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var key in keys.GetAllKeys().Where(key => !key.IsRevoked))
            Check(key);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void Check(IKey key)
    {
        try
        {
            if (key.CreateEncryptor() is null)
                throw new NotSupportedException("Its algorithm is not known here.");
        }
        catch (Exception fault)
        {
            throw new KeyRingException($"The key ring's file key-{key.KeyId:D}.xml can't be read. {fault.GetBaseException().Message}", fault);
        }
    }
}
