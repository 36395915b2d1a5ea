using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Webhooks.Core.Security.KeyRing;

internal static class KeyRingServices
{
    /// <summary>Data Protection with its keys encrypted as <see cref="SecurityOptions"/> say.</summary>
    /// <param name="dataDirectory">Where the folder <c>keys</c> is; null for a key ring in the database.</param>
    /// <exception cref="OptionsValidationException">A setting is wrong, or a master key is missing outside Development.</exception>
    public static IServiceCollection AddWebhooksKeyRing(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment, string? dataDirectory)
    {
        // Read here rather than when first used: Data Protection wants its certificate while services are added.
        var options = configuration.GetSection(SecurityOptions.Section).Get<SecurityOptions>() ?? new SecurityOptions();
        var protection = KeyRingProtection.Create(options, required: !environment.IsDevelopment());

        services.AddSingleton(protection.MasterKeys);
        services.AddSingleton<KeyRingCheck>();
        var builder = services.AddDataProtection().SetApplicationName("Webhooks");
        if (protection.Certificate is not null)
            builder.ProtectKeysWithCertificate(protection.Certificate);

        // After the certificate, so that where both are set the master key is what encrypts.
        services.AddOptions<KeyManagementOptions>().Configure<IServiceProvider>((keys, provider) =>
        {
            keys.XmlRepository = RepositoryOf(dataDirectory, provider);
            if (protection.MasterKeys.Current is { } masterKey)
                keys.XmlEncryptor = new MasterKeyXmlEncryptor(masterKey);
        });
        return dataDirectory is null ? services.AddSharedKeys() : services;
    }

    private static IXmlRepository RepositoryOf(string? dataDirectory, IServiceProvider provider) => dataDirectory is null
        ? new KeyTable(provider.GetRequiredService<IServiceScopeFactory>())
        : new KeyDirectory(new DirectoryInfo(Path.Combine(dataDirectory, "keys")), provider.GetRequiredService<ILoggerFactory>());

    private static IServiceCollection AddSharedKeys(this IServiceCollection services)
    {
        services.AddScoped<FirstSharedKey>();
        services.AddSingleton(provider => new SharedKeys(
            ActivatorUtilities.CreateInstance<XmlKeyManager>(provider), provider.GetRequiredService<TimeProvider>()));
        return services.Replace(ServiceDescriptor.Singleton<IKeyManager>(provider => provider.GetRequiredService<SharedKeys>()));
    }
}
