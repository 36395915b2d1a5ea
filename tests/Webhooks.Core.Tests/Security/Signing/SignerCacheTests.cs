using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Webhooks.Core.Security;
using Webhooks.Core.Security.Signing;

namespace Webhooks.Core.Tests.Security.Signing;

public sealed class SignerCacheTests : IDisposable
{
    private readonly SecretProtectors _protectors = new(new EphemeralDataProtectionProvider());
    private readonly SignerCache _cache;

    public SignerCacheTests() => _cache = new SignerCache(_protectors);

    [Fact]
    public void Get_StoredSecrets_SignsWithAllOfThem()
    {
        var signer = _cache.Get([Protect(Vectors.Symmetric), Protect(Vectors.Ed25519)]);

        signer.Sign(Vectors.Id, Vectors.SignedAt, Vectors.Body).ShouldBe($"{Vectors.SymmetricSignature} {Vectors.Ed25519Signature}");
    }

    [Fact]
    public void Get_SameBytesInOtherArrays_IsTheSameSigner()
    {
        var stored = Protect(Vectors.Ed25519);

        var first = _cache.Get([stored]);
        var second = _cache.Get([[.. stored]]);

        second.ShouldBeSameAs(first);
    }

    [Fact]
    public void Get_SecretAdded_IsAnotherSigner()
    {
        var stored = Protect(Vectors.Symmetric);

        var before = _cache.Get([stored]);
        var after = _cache.Get([Protect(Vectors.Ed25519), stored]);

        after.ShouldNotBeSameAs(before);
    }

    [Fact]
    public void Get_MoreThanTheLimit_StaysBounded()
    {
        using var cache = new SignerCache(_protectors, sizeLimit: 10);

        for (var i = 0; i < 50; i++)
            cache.Get([Protect(Vectors.Symmetric)]);

        cache.Count.ShouldBeLessThanOrEqualTo(10);
    }

    [Fact]
    public void Get_CiphertextChanged_Throws()
    {
        var stored = Protect(Vectors.Symmetric);
        stored[^1] ^= 1;

        Should.Throw<CryptographicException>(() => _cache.Get([stored]));
    }

    public void Dispose() => _cache.Dispose();

    private byte[] Protect(string secret) => _protectors.EndpointSecrets.Protect(secret);
}
