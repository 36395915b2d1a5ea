using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Webhooks.Core.Security.KeyRing;

internal static class KeyRingServices
{
    /// <summary>Data Protection with its keys in the folder <c>keys</c>, encrypted as <see cref="SecurityOptions"/> say.</summary>
    /// <exception cref="OptionsValidationException">A setting is wrong, or a master key is missing outside Development.</exception>
    public static IServiceCollection AddWebhooksKeyRing(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment, string dataDirectory)
    {
        // Read here rather than when first used: Data Protection wants its certificate while services are added.
        var options = configuration.GetSection(SecurityOptions.Section).Get<SecurityOptions>() ?? new SecurityOptions();
        var protection = KeyRingProtection.Create(options, required: !environment.IsDevelopment());
        var directory = new DirectoryInfo(Path.Combine(dataDirectory, "keys"));

        services.AddSingleton(protection.MasterKeys);
        services.AddSingleton<KeyRingCheck>();
        var builder = services.AddDataProtection().SetApplicationName("Webhooks");
        if (protection.Certificate is not null)
            builder.ProtectKeysWithCertificate(protection.Certificate);

        // After the certificate, so that where both are set the master key is what encrypts.
        services.AddOptions<KeyManagementOptions>().Configure<ILoggerFactory>((keys, loggerFactory) =>
        {
            keys.XmlRepository = new KeyDirectory(directory, loggerFactory);
            if (protection.MasterKeys.Current is { } masterKey)
                keys.XmlEncryptor = new MasterKeyXmlEncryptor(masterKey);
        });
        return services;
    }
}
