using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace Webhooks.Core.Tests.Security.KeyRing;

public sealed class CertificateTests : IDisposable
{
    private const string Password = "pässword";
    private static readonly string MasterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private readonly KeyRingHost _host = new();

    [Fact]
    public async Task KeyRing_RestartWithTheSameCertificate_IsReadable()
    {
        var path = WriteRsaCertificate();
        var stored = await _host.ProtectAsync(("CertificatePath", path), ("CertificatePassword", Password));

        (await _host.UnprotectAsync(stored, ("CertificatePath", path), ("CertificatePassword", Password))).ShouldBe("whsec_secret");
    }

    [Fact]
    public async Task KeyRing_MovedFromCertificateToMasterKey_IsReadableWithBoth()
    {
        var path = WriteRsaCertificate();
        var stored = await _host.ProtectAsync(("CertificatePath", path), ("CertificatePassword", Password));

        (await _host.UnprotectAsync(stored, ("CertificatePath", path), ("CertificatePassword", Password), ("MasterKey", MasterKey)))
            .ShouldBe("whsec_secret");
    }

    [Fact]
    public async Task KeyRing_CertificateAndMasterKey_EncryptsWithTheMasterKey()
    {
        var path = WriteRsaCertificate();
        var stored = await _host.ProtectAsync(("CertificatePath", path), ("CertificatePassword", Password), ("MasterKey", MasterKey));

        (await _host.UnprotectAsync(stored, ("MasterKey", MasterKey))).ShouldBe("whsec_secret");
    }

    [Fact]
    public async Task KeyRing_OtherCertificate_StopsTheStart()
    {
        await _host.ProtectAsync(("CertificatePath", WriteRsaCertificate()), ("CertificatePassword", Password));

        await Should.ThrowAsync<InvalidOperationException>(
            () => _host.ProtectAsync(("CertificatePath", WriteRsaCertificate()), ("CertificatePassword", Password)));
    }

    [Fact]
    public void Certificate_WrongPassword_NamesTheSetting()
    {
        var path = WriteRsaCertificate();

        var fault = Should.Throw<OptionsValidationException>(() => _host.Build("Production", ("CertificatePath", path), ("CertificatePassword", "no")));

        fault.Message.ShouldStartWith(
            $"Webhooks:Security:CertificatePath must name a PFX file that Webhooks:Security:CertificatePassword opens; '{path}' can't be read: ");
    }

    [Fact]
    public void Certificate_FileMissing_NamesTheSetting()
    {
        var fault = Should.Throw<OptionsValidationException>(() => _host.Build("Production", ("CertificatePath", "/nowhere/keys.pfx")));

        fault.Message.ShouldStartWith("Webhooks:Security:CertificatePath must name a PFX file");
    }

    [Fact]
    public void Certificate_EllipticCurveKey_IsRefused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var path = Write(new CertificateRequest("CN=keys", key, HashAlgorithmName.SHA256));

        var fault = Should.Throw<OptionsValidationException>(() => _host.Build("Production", ("CertificatePath", path), ("CertificatePassword", Password)));

        fault.Message.ShouldBe($"Webhooks:Security:CertificatePath must name a PFX file with an RSA private key; '{path}' has none.");
    }

    public void Dispose() => _host.Dispose();

    private string WriteRsaCertificate()
    {
        using var key = RSA.Create(2048);
        return Write(new CertificateRequest("CN=keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private string Write(CertificateRequest request)
    {
        var path = Path.Combine(_host.DataDirectory, $"{Guid.NewGuid():N}.pfx");
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, Password));
        return path;
    }
}
