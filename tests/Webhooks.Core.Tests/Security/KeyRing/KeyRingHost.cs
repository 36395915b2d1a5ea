using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Webhooks.Core.Security;
using Webhooks.Core.Security.KeyRing;

namespace Webhooks.Core.Tests.Security.KeyRing;

/// <summary>A data directory that outlives the hosts which are started and stopped over it.</summary>
internal sealed class KeyRingHost : IDisposable
{
    public string DataDirectory { get; } = Directory.CreateTempSubdirectory("webhooks-tests-").FullName;

    public string Keys => Path.Combine(DataDirectory, "keys");

    /// <summary>Builds a host without starting it.</summary>
    public IHost Build(string environment, params (string Name, string? Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create($"Webhooks:Security:{setting.Name}", setting.Value)));
        builder.Services.AddWebhooksKeyRing(builder.Configuration, builder.Environment, DataDirectory);
        builder.Services.AddSecrets();
        return builder.Build();
    }

    /// <summary>Starts a host in Production, does the work, and stops it.</summary>
    public async Task<T> RunAsync<T>(Func<SecretProtector, T> work, params (string Name, string? Value)[] settings)
    {
        using var host = Build("Production", settings);
        host.Services.GetRequiredService<KeyRingCheck>().Run();
        await host.StartAsync(TestContext.Current.CancellationToken);
        var result = work(host.Services.GetRequiredService<SecretProtectors>().EndpointSecrets);
        await host.StopAsync(TestContext.Current.CancellationToken);
        return result;
    }

    public Task<byte[]> ProtectAsync(params (string Name, string? Value)[] settings) =>
        RunAsync(protector => protector.Protect("whsec_secret"), settings);

    public Task<string> UnprotectAsync(byte[] stored, params (string Name, string? Value)[] settings) =>
        RunAsync(protector => protector.Unprotect(stored), settings);

    public void Dispose() => Directory.Delete(DataDirectory, recursive: true);
}
