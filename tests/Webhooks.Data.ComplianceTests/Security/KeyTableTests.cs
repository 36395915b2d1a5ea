using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.KeyManagement.Internal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Webhooks.Core.Data;
using Webhooks.Core.Security;
using Webhooks.Core.Security.KeyRing;
using Webhooks.Data.ComplianceTests.Stores;

namespace Webhooks.Data.ComplianceTests.Security;

/// <summary>Nodes that share a database share its key ring. The embedded engine keeps it in files.</summary>
public abstract class KeyTableTests(SharedStore store) : SharedStoreTests(store)
{
    private readonly string _masterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    [Fact]
    public async Task Secret_OfOneNode_IsReadByAnother()
    {
        using var first = NewNode();
        using var second = NewNode();

        var stored = Secrets(first).Protect("whsec_secret");

        Secrets(second).Unprotect(stored).ShouldBe("whsec_secret");
        (await Db.DataProtectionKeys.CountAsync(Cancel)).ShouldBe(1);
    }

    [Fact]
    public void Secret_OfAKeyThatAnotherNodeMadeSince_IsRead()
    {
        using var first = NewNode();
        using var second = NewNode();
        Secrets(second).Protect("");
        LookNoMoreByYourself(second);
        first.Services.GetRequiredService<IKeyManager>().CreateNewKey(
            TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow().AddDays(90));

        var stored = Secrets(first).Protect("whsec_secret");

        Secrets(second).Unprotect(stored).ShouldBe("whsec_secret");
    }

    [Fact]
    public async Task FirstKey_OfNodesThatStartTogether_IsOne()
    {
        var nodes = Enumerable.Range(0, 4).Select(_ => NewNode()).ToList();

        await Task.WhenAll(nodes.Select(node => Task.Run(() => MakeFirstKeyAsync(node), Cancel)));

        (await Db.DataProtectionKeys.CountAsync(Cancel)).ShouldBe(1);
        nodes.ForEach(node => node.Dispose());
    }

    [Fact]
    public async Task Key_InTheTable_IsEncryptedAndNamesNoVersionOfThisCode()
    {
        using var node = NewNode();
        await MakeFirstKeyAsync(node);

        var xml = await Db.DataProtectionKeys.Select(key => key.Xml).SingleAsync(Cancel);

        xml.ShouldContain("masterKeyEncrypted");
        xml.ShouldContain("decryptorType=\"Webhooks.Core.Security.KeyRing.MasterKeyXmlDecryptor, Webhooks.Core\"");
        xml.ShouldNotContain("<masterKey ");
    }

    [Fact]
    public async Task Check_WithAnotherMasterKey_SaysWhereTheOldOneGoes()
    {
        using (var node = NewNode())
            await MakeFirstKeyAsync(node);
        using var other = NewNode(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

        var fault = Should.Throw<KeyRingException>(other.Services.GetRequiredService<KeyRingCheck>().Run);

        fault.Message.ShouldContain("Webhooks:Security:PreviousMasterKeys");
    }

    private static SecretProtector Secrets(IHost node) => node.Services.GetRequiredService<SecretProtectors>().EndpointSecrets;

    private static async Task MakeFirstKeyAsync(IHost node)
    {
        await using var scope = node.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<FirstSharedKey>().MakeAsync(Cancel);
    }

    /// <summary>In its first two minutes Data Protection looks for unknown keys by itself.</summary>
    private static void LookNoMoreByYourself(IHost node) =>
        typeof(KeyManagementOptions).Assembly.GetType("Microsoft.AspNetCore.DataProtection.KeyManagement.KeyRingProvider", throwOnError: true)!
            .GetProperty("AutoRefreshWindowEnd", BindingFlags.Instance | BindingFlags.NonPublic)!
            .SetValue(node.Services.GetRequiredService<IKeyRingProvider>(), default(DateTime));

    private IHost NewNode(string? masterKey = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Webhooks:Security:MasterKey", (string?)(masterKey ?? _masterKey))]);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(Sql);
        builder.Services.AddScoped<WebhooksDbContext>(_ => NewContext());
        builder.Services.AddWebhooksKeyRing(builder.Configuration, builder.Environment, dataDirectory: null);
        builder.Services.AddSecrets();
        return builder.Build();
    }
}
