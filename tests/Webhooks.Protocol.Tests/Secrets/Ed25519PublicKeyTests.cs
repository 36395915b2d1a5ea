namespace Webhooks.Protocol.Tests.Secrets;

public sealed class Ed25519PublicKeyTests
{
    [Fact]
    public void TryParse_OwnText_IsTheSameKey()
    {
        var key = Ed25519PublicKey.Create(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());

        Ed25519PublicKey.TryParse(key.ToString(), out var parsed, out _).ShouldBeTrue();

        parsed.Bytes.ToArray().ShouldBe(key.Bytes.ToArray());
    }

    [Theory]
    [InlineData(null, "An Ed25519 public key must start with whpk_.")]
    [InlineData(Vector.Secret, "An Ed25519 public key must start with whpk_.")]
    [InlineData("whpk_!", "An Ed25519 public key must be whpk_ followed by base64 (A-Z a-z 0-9 + /, padded with =, no blanks).")]
    [InlineData("whpk_AAAA", "An Ed25519 public key must have 32 bytes after base64 decoding; this one has 3.")]
    public void TryParse_BrokenRule_NamesIt(string? text, string expected)
    {
        Ed25519PublicKey.TryParse(text, out _, out var error).ShouldBeFalse();

        error.ShouldBe(expected);
    }
}
