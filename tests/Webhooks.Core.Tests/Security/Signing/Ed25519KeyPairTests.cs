using NSec.Cryptography;
using Webhooks.Core.Security.Signing;
using Webhooks.Protocol;

namespace Webhooks.Core.Tests.Security.Signing;

public sealed class Ed25519KeyPairTests
{
    // RFC 8032, section 7.1, tests 1 to 3
    [Theory]
    [InlineData("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")]
    [InlineData("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")]
    [InlineData("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025")]
    public void Matches_SeedAndPublicKeyOfTheRfc_Do(string seed, string publicKey)
    {
        var secret = Ed25519Secret.Create(Convert.FromHexString(seed), Ed25519PublicKey.Create(Convert.FromHexString(publicKey)));

        Ed25519KeyPair.Matches(secret).ShouldBeTrue();
    }

    // RFC 8032, section 7.1, test 2: pins down that the seed is what the library imports as its raw private key.
    [Fact]
    public void RawPrivateKey_SeedOfTheRfc_SignsAsTheRfc()
    {
        var seed = Convert.FromHexString("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        using var key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);

        var signature = SignatureAlgorithm.Ed25519.Sign(key, [0x72]);

        Convert.ToHexStringLower(signature).ShouldBe(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    }

    [Fact]
    public void Matches_TwoHalvesOfDifferentPairs_DoNot()
    {
        var first = Ed25519KeyPair.Generate();
        var second = Ed25519KeyPair.Generate();

        Ed25519KeyPair.Matches(Ed25519Secret.Create(first.Seed, second.PublicKey)).ShouldBeFalse();
    }
}
