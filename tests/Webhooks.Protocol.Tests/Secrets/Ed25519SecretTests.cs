namespace Webhooks.Protocol.Tests.Secrets;

public sealed class Ed25519SecretTests
{
    [Fact]
    public void TryParse_64Bytes_SplitsSeedAndPublicKey()
    {
        var bytes = Enumerable.Range(0, 64).Select(i => (byte)i).ToArray();
        var text = "whsk_" + Convert.ToBase64String(bytes);

        Ed25519Secret.TryParse(text, out var secret, out _).ShouldBeTrue();

        secret.Seed.ToArray().ShouldBe(bytes[..32]);
        secret.PublicKey.Bytes.ToArray().ShouldBe(bytes[32..]);
        secret.Reveal().ShouldBe(text);
    }

    [Theory]
    [InlineData(32)]
    [InlineData(63)]
    [InlineData(65)]
    public void TryParse_OtherLength_NamesTheRule(int length)
    {
        Ed25519Secret.TryParse("whsk_" + Convert.ToBase64String(new byte[length]), out _, out var error).ShouldBeFalse();

        error.ShouldBe($"An Ed25519 secret must have 64 bytes after base64 decoding, the seed and the public key; this one has {length}.");
    }

    [Fact]
    public void TryParse_NotBase64_NamesTheRule()
    {
        Ed25519Secret.TryParse("whsk_no base64", out _, out var error).ShouldBeFalse();

        error.ShouldBe("An Ed25519 secret must be whsk_ followed by base64 (A-Z a-z 0-9 + /, padded with =, no blanks).");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Vector.Secret)]
    public void TryParse_OtherPrefix_NamesTheRule(string? text)
    {
        Ed25519Secret.TryParse(text, out _, out var error).ShouldBeFalse();

        error.ShouldBe("An Ed25519 secret must start with whsk_.");
    }

    [Fact]
    public void ToString_Secret_DoesNotShowIt()
    {
        Ed25519Secret.Create(new byte[32], Ed25519PublicKey.Create(new byte[32])).ToString().ShouldBe("whsk_***");
    }
}
