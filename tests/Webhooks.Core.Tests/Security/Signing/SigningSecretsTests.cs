using Webhooks.Core.Security.Signing;
using Webhooks.Protocol;

namespace Webhooks.Core.Tests.Security.Signing;

public sealed class SigningSecretsTests
{
    [Fact]
    public void TryParse_PairOfOneKey_IsThePair()
    {
        SigningSecrets.TryParse(Vectors.Ed25519, out var secret, out _).ShouldBeTrue();

        secret.Reveal().ShouldBe(Vectors.Ed25519);
    }

    [Fact]
    public void TryParse_PublicHalfOfAnotherKey_NamesTheRule()
    {
        var bytes = Convert.FromBase64String(Vectors.Ed25519["whsk_".Length..]);
        bytes[63] ^= 1;

        SigningSecrets.TryParse("whsk_" + Convert.ToBase64String(bytes), out var secret, out var error).ShouldBeFalse();

        secret.ShouldBeNull();
        error.ShouldBe("The public key of an Ed25519 secret (its last 32 bytes) must be the one that its seed (its first 32 bytes) gives.");
    }

    [Fact]
    public void TryParse_BrokenText_GivesTheTextsRule()
    {
        SigningSecrets.TryParse("whsec_short", out _, out var error).ShouldBeFalse();

        error.ShouldStartWith("A signing secret must be whsec_ followed by base64");
    }

    [Fact]
    public void GenerateLike_SymmetricSecret_IsAnotherOfThatKind()
    {
        var current = Vectors.Parse(Vectors.Symmetric);

        var next = SigningSecrets.GenerateLike(current);

        next.ShouldBeOfType<SymmetricSecret>().Reveal().ShouldNotBe(current.Reveal());
    }

    [Fact]
    public void GenerateLike_Ed25519Secret_IsAnotherPairThatFits()
    {
        var next = SigningSecrets.GenerateLike(Vectors.Parse(Vectors.Ed25519));

        next.ShouldBeOfType<Ed25519Secret>().Reveal().ShouldNotBe(Vectors.Ed25519);
        SigningSecrets.TryParse(next.Reveal(), out _, out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData(Vectors.Symmetric, Vectors.Symmetric)]
    [InlineData(Vectors.Ed25519, Vectors.Ed25519Public)]
    public void RevealToSubscriber_Secret_IsWhatVerifies(string secret, string expected)
    {
        SigningSecrets.RevealToSubscriber(Vectors.Parse(secret)).ShouldBe(expected);
    }
}
