using Microsoft.Extensions.Time.Testing;
using Webhooks.Core.Security.Signing;
using Webhooks.Protocol;

namespace Webhooks.Core.Tests.Security.Signing;

public sealed class Ed25519VerificationKeyTests
{
    private readonly FakeTimeProvider _clock = new(Vectors.SignedAt);

    [Fact]
    public void Verify_PublicKeyText_AcceptsItsSignature()
    {
        Ed25519PublicKey.TryParse(Vectors.Ed25519Public, out var publicKey, out _).ShouldBeTrue();
        Ed25519VerificationKey.TryCreate(publicKey, out var key).ShouldBeTrue();

        Verify(key, Vectors.Ed25519Signature).ShouldBe(VerificationResult.Valid);
    }

    [Fact]
    public void Verify_SignatureAmongOthers_IsFound()
    {
        Verify(Key(), $"v1a,AAAA {Vectors.SymmetricSignature} v1a,!!! {Vectors.Ed25519Signature}").ShouldBe(VerificationResult.Valid);
    }

    [Fact]
    public void Verify_SignatureOfAnotherKey_HasNoMatchingSignature()
    {
        var other = new EndpointSigner([Ed25519KeyPair.Generate()]).Sign(Vectors.Id, Vectors.SignedAt, Vectors.Body);

        Verify(Key(), other).ShouldBe(VerificationResult.NoMatchingSignature);
    }

    [Fact]
    public void Verify_SignatureUnderAnotherVersion_IsNotTaken()
    {
        Verify(Key(), "v1" + Vectors.Ed25519Signature["v1a".Length..]).ShouldBe(VerificationResult.NoKnownVersion);
    }

    [Fact]
    public void Verify_BothKindsOfKey_EitherSuffices()
    {
        var verifier = new WebhookVerifier([SigningSecrets.ToVerificationKey(Vectors.Parse(Vectors.Symmetric)), Key()], _clock);

        verifier.Verify(Vectors.Id, Vectors.Timestamp, Vectors.Sign(Vectors.Ed25519), Vectors.Body).ShouldBe(VerificationResult.Valid);
        verifier.Verify(Vectors.Id, Vectors.Timestamp, Vectors.Sign(Vectors.Symmetric), Vectors.Body).ShouldBe(VerificationResult.Valid);
    }

    private static IVerificationKey Key() => SigningSecrets.ToVerificationKey(Vectors.Parse(Vectors.Ed25519));

    private VerificationResult Verify(IVerificationKey key, string signature) =>
        new WebhookVerifier([key], _clock).Verify(Vectors.Id, Vectors.Timestamp, signature, Vectors.Body);
}
