using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Security.KeyRing;
using Webhooks.Core.Security.Signing;

namespace Webhooks.Core.Security;

internal static class SecretServices
{
    /// <summary>Encryption of what is stored, and the caches that keep it off the way of an attempt.</summary>
    public static IServiceCollection AddSecrets(this IServiceCollection services) => services
        .AddSingleton(provider => new SecretProtectors(
            provider.GetRequiredService<IDataProtectionProvider>(), provider.GetService<SharedKeys>()))
        .AddSingleton(provider => new SignerCache(provider.GetRequiredService<SecretProtectors>()))
        .AddSingleton(provider => new HeaderCache(provider.GetRequiredService<SecretProtectors>()));
}
