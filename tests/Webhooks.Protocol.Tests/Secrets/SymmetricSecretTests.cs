namespace Webhooks.Protocol.Tests.Secrets;

public sealed class SymmetricSecretTests
{
    [Theory]
    [InlineData(24)]
    [InlineData(75)]
    public void TryParse_LengthWithinBounds_KeepsTheBytes(int length)
    {
        var text = Text(length);

        SymmetricSecret.TryParse(text, out var secret, out var error).ShouldBeTrue();

        secret.Reveal().ShouldBe(text);
        error.ShouldBeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(23)]
    [InlineData(76)]
    [InlineData(10_000)]
    public void TryParse_LengthOutOfBounds_NamesTheRule(int length)
    {
        SymmetricSecret.TryParse(Text(length), out var secret, out var error).ShouldBeFalse();

        secret.ShouldBeNull();
        error.ShouldBe($"A signing secret must have 24 to 75 bytes after base64 decoding; this one has {length}.");
    }

    [Fact]
    public void TryParse_WithoutPrefix_IsTheSameSecret()
    {
        SymmetricSecret.TryParse(Vector.Secret["whsec_".Length..], out var secret, out _).ShouldBeTrue();

        secret.Reveal().ShouldBe(Vector.Secret);
    }

    [Theory]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS")] // one character short of a group
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-_")] // the URL alphabet
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjU PD8ILPZIo2LaLaSw")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS\0")]
    [InlineData("whsec_====")]
    [InlineData("WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaé=")]
    public void TryParse_NotBase64_NamesTheRule(string text)
    {
        SymmetricSecret.TryParse(text, out _, out var error).ShouldBeFalse();

        error.ShouldBe("A signing secret must be whsec_ followed by base64 (A-Z a-z 0-9 + /, padded with =, no blanks).");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void TryParse_Nothing_SaysSo(string? text)
    {
        SymmetricSecret.TryParse(text, out _, out var error).ShouldBeFalse();

        error.ShouldBe("A signing secret must not be empty.");
    }

    [Fact]
    public void TryParse_PublicKey_SaysThatItOnlyVerifies()
    {
        SymmetricSecret.TryParse("whpk_" + Convert.ToBase64String(new byte[32]), out _, out var error).ShouldBeFalse();

        error.ShouldBe("This is a public key (whpk_), which can only verify; a signing secret starts with whsec_ or whsk_.");
    }

    [Fact]
    public void Generate_Twice_GivesTwoReadableSecretsOf32Bytes()
    {
        var first = SymmetricSecret.Generate().Reveal();
        var second = SymmetricSecret.Generate().Reveal();

        first.ShouldNotBe(second);
        Convert.FromBase64String(first["whsec_".Length..]).Length.ShouldBe(32);
        SymmetricSecret.TryParse(first, out _, out _).ShouldBeTrue();
    }

    [Fact]
    public void ToString_Secret_DoesNotShowIt()
    {
        Vector.Parse(Vector.Secret).ToString().ShouldBe("whsec_***");
    }

    [Fact]
    public void Sign_PublishedVector_IsThePublishedSignature()
    {
        Vector.Sign(Vector.Parse(Vector.Secret)).ShouldBe(Vector.Signature);
    }

    private static string Text(int length) => "whsec_" + Convert.ToBase64String(Enumerable.Range(0, length).Select(i => (byte)i).ToArray());
}
