using Webhooks.Core.Security.Signing;

namespace Webhooks.Core.Tests.Security.Signing;

public sealed class EndpointSignerTests
{
    [Fact]
    public void Sign_SymmetricSecret_IsThePublishedSignature()
    {
        Vectors.Sign(Vectors.Symmetric).ShouldBe(Vectors.SymmetricSignature);
    }

    [Fact]
    public void Sign_Ed25519Secret_IsWhatOpenSslMakesOfTheSameContent()
    {
        Vectors.Sign(Vectors.Ed25519).ShouldBe(Vectors.Ed25519Signature);
    }

    [Fact]
    public void Sign_SeveralSecrets_JoinsThemInOrderBySpaces()
    {
        Vectors.Sign(Vectors.Ed25519, Vectors.Symmetric, Vectors.Ed25519)
            .ShouldBe($"{Vectors.Ed25519Signature} {Vectors.SymmetricSignature} {Vectors.Ed25519Signature}");
    }

    [Fact]
    public async Task Sign_ManyThreadsAtOnce_AllGetTheSame()
    {
        var signer = new EndpointSigner([Vectors.Parse(Vectors.Symmetric), Vectors.Parse(Vectors.Ed25519)]);
        var expected = $"{Vectors.SymmetricSignature} {Vectors.Ed25519Signature}";

        var headers = await Task.WhenAll(Enumerable.Range(0, 200)
            .Select(_ => Task.Run(() => signer.Sign(Vectors.Id, Vectors.SignedAt, Vectors.Body))));

        headers.ShouldAllBe(header => header == expected);
    }

    [Fact]
    public void Constructor_NoSecret_Throws()
    {
        Should.Throw<ArgumentException>(() => new EndpointSigner([]));
    }
}
