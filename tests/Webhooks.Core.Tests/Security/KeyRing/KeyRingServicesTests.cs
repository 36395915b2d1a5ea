using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Core.Security;
using Webhooks.Core.Security.KeyRing;

namespace Webhooks.Core.Tests.Security.KeyRing;

public sealed class KeyRingServicesTests : IDisposable
{
    private static readonly string First = NewKey();
    private static readonly string Second = NewKey();

    private readonly KeyRingHost _host = new();

    [Fact]
    public async Task KeyRing_RestartWithTheSameMasterKey_IsReadable()
    {
        var stored = await _host.ProtectAsync(("MasterKey", First));

        (await _host.UnprotectAsync(stored, ("MasterKey", First))).ShouldBe("whsec_secret");
    }

    [Fact]
    public async Task KeyRing_MasterKeyChangedAndTheOldOneKept_IsReadable()
    {
        var stored = await _host.ProtectAsync(("MasterKey", First));

        (await _host.UnprotectAsync(stored, ("MasterKey", Second), ("PreviousMasterKeys:0", First))).ShouldBe("whsec_secret");
    }

    [Fact]
    public async Task KeyRing_MasterKeyChangedAndTheOldOneGone_StopsTheStart()
    {
        await _host.ProtectAsync(("MasterKey", First));

        var fault = await Should.ThrowAsync<InvalidOperationException>(() => _host.ProtectAsync(("MasterKey", Second)));

        fault.Message.ShouldStartWith("The key ring's key-");
        fault.Message.ShouldContain("which is not configured; set Webhooks:Security:MasterKey to that key, or add it to Webhooks:Security:PreviousMasterKeys.");
    }

    [Fact]
    public async Task KeyRing_MasterKeyTakenAway_StopsTheStartInDevelopmentToo()
    {
        await _host.ProtectAsync(("MasterKey", First));
        using var host = _host.Build("Development");

        Should.Throw<KeyRingException>(host.Services.GetRequiredService<KeyRingCheck>().Run);

        Directory.GetFiles(_host.Keys).Length.ShouldBe(1);
    }

    [Fact]
    public async Task KeyRing_UsedWithoutItsMasterKey_DoesNotDecrypt()
    {
        var stored = await _host.ProtectAsync(("MasterKey", First));
        using var host = _host.Build("Development");
        var protectors = host.Services.GetRequiredService<SecretProtectors>();

        Should.Throw<CryptographicException>(() => protectors.EndpointSecrets.Unprotect(stored));
    }

    [Fact]
    public async Task KeyRing_NewKeyAfterRotation_IsReadableByTheNewMasterKeyAlone()
    {
        await _host.ProtectAsync(("MasterKey", First));
        Directory.Delete(_host.Keys, recursive: true);

        var stored = await _host.ProtectAsync(("MasterKey", Second), ("PreviousMasterKeys:0", First));

        (await _host.UnprotectAsync(stored, ("MasterKey", Second))).ShouldBe("whsec_secret");
    }

    [Fact]
    public async Task KeyRing_FileChanged_StopsTheStart()
    {
        await _host.ProtectAsync(("MasterKey", First));
        var file = Directory.GetFiles(_host.Keys).Single();
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var end = text.IndexOf("</masterKeyEncrypted>", StringComparison.Ordinal) - 8;
        await File.WriteAllTextAsync(file, text[..end] + "AAAA" + text[(end + 4)..], TestContext.Current.CancellationToken);

        await Should.ThrowAsync<InvalidOperationException>(() => _host.ProtectAsync(("MasterKey", First)));
    }

    [Fact]
    public async Task KeyRing_FileCutShort_StopsTheStartWithASentence()
    {
        await _host.ProtectAsync(("MasterKey", First));
        var file = Directory.GetFiles(_host.Keys).Single();
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, text[..(text.Length / 2)], TestContext.Current.CancellationToken);

        var fault = await Should.ThrowAsync<KeyRingException>(() => _host.ProtectAsync(("MasterKey", First)));

        fault.Message.ShouldContain("restore it from a backup");
    }

    [Fact]
    public async Task KeyFile_WithMasterKey_HasNoKeyInClearAndNamesItsDecryptorWithoutAVersion()
    {
        await _host.ProtectAsync(("MasterKey", First));

        var text = await File.ReadAllTextAsync(Directory.GetFiles(_host.Keys).Single(), TestContext.Current.CancellationToken);

        text.ShouldNotContain("<masterKey ");
        text.ShouldContain("decryptorType=\"Webhooks.Core.Security.KeyRing.MasterKeyXmlDecryptor, Webhooks.Core\"");
    }

    [Fact]
    public async Task KeyFiles_OnUnix_AreTheOwnersOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        Directory.CreateDirectory(_host.Keys, (UnixFileMode)Convert.ToInt32("755", 8));

        await _host.ProtectAsync(("MasterKey", First));

        File.GetUnixFileMode(_host.Keys).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.GetUnixFileMode(Directory.GetFiles(_host.Keys).Single()).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task KeyRing_DevelopmentWithoutMasterKey_Works()
    {
        using var host = _host.Build("Development");
        await host.StartAsync(TestContext.Current.CancellationToken);
        var protectors = host.Services.GetRequiredService<SecretProtectors>();

        var stored = protectors.EndpointSecrets.Protect("whsec_secret");

        protectors.EndpointSecrets.Unprotect(stored).ShouldBe("whsec_secret");
    }

    [Fact]
    public async Task KeyRing_MadeInDevelopmentThenGivenAMasterKey_StaysReadable()
    {
        byte[] stored;
        using (var host = _host.Build("Development"))
            stored = host.Services.GetRequiredService<SecretProtectors>().EndpointSecrets.Protect("whsec_secret");

        (await _host.UnprotectAsync(stored, ("MasterKey", First))).ShouldBe("whsec_secret");
    }

    public void Dispose() => _host.Dispose();

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
