namespace Webhooks.Protocol.Tests.Secrets;

public sealed class SigningSecretTests
{
    [Fact]
    public void TryParse_SymmetricText_IsSymmetric()
    {
        SigningSecret.TryParse(Vector.Secret, out var secret, out _).ShouldBeTrue();

        secret.ShouldBeOfType<SymmetricSecret>();
    }

    [Fact]
    public void TryParse_Ed25519Text_IsEd25519()
    {
        SigningSecret.TryParse("whsk_" + Convert.ToBase64String(new byte[64]), out var secret, out _).ShouldBeTrue();

        secret.ShouldBeOfType<Ed25519Secret>();
    }

    [Fact]
    public void TryParse_BrokenEd25519Text_GivesThatRule()
    {
        SigningSecret.TryParse("whsk_AAAA", out var secret, out var error).ShouldBeFalse();

        secret.ShouldBeNull();
        error.ShouldStartWith("An Ed25519 secret must have 64 bytes");
    }
}
