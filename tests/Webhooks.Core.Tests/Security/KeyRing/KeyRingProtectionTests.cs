using Microsoft.Extensions.Options;

namespace Webhooks.Core.Tests.Security.KeyRing;

public sealed class KeyRingProtectionTests : IDisposable
{
    private const string Example = "'openssl rand -base64 32'";

    private readonly KeyRingHost _host = new();

    [Theory]
    [InlineData("Production", null)]
    [InlineData("Production", "")]
    [InlineData("Staging", null)]
    public void Create_NothingSetOutsideDevelopment_SaysWhatToSetAndHowToMakeIt(string environment, string? masterKey)
    {
        var fault = Should.Throw<OptionsValidationException>(() => _host.Build(environment, ("MasterKey", masterKey)));

        fault.Message.ShouldBe(
            "Webhooks:Security:MasterKey (environment: Webhooks__Security__MasterKey) must be set outside Development, because it encrypts the keys that "
            + $"encrypt all stored secrets: make one with {Example} (or set Webhooks:Security:CertificatePath to a PFX file instead).");
    }

    [Theory]
    [InlineData("AAAA", "this one has 3 bytes.")]
    [InlineData("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", null)]
    [InlineData("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=\n", null)]
    [InlineData("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MA==", "this one has 31 bytes.")]
    [InlineData("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEy", "this one has 33 bytes.")]
    [InlineData("change-me", "this one is not base64.")]
    public void Create_MasterKey_MustBe32BytesInEveryEnvironment(string masterKey, string? reason)
    {
        foreach (var environment in (string[])["Production", "Development"])
        {
            var build = () => _host.Build(environment, ("MasterKey", masterKey)).Dispose();

            if (reason is null)
                build.ShouldNotThrow();
            else
                build.ShouldThrow<OptionsValidationException>().Message.ShouldBe(
                    $"Webhooks:Security:MasterKey (environment: Webhooks__Security__MasterKey) must be the base64 of exactly 32 bytes, as {Example} prints it; {reason}");
        }
    }

    [Fact]
    public void Create_PreviousMasterKeyMalformed_NamesItsPlace()
    {
        var fault = Should.Throw<OptionsValidationException>(() => _host.Build(
            "Development", ("PreviousMasterKeys:0", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="), ("PreviousMasterKeys:1", "AAAA")));

        fault.Message.ShouldBe($"Webhooks:Security:PreviousMasterKeys:1 must be the base64 of exactly 32 bytes, as {Example} prints it; this one has 3 bytes.");
    }

    [Fact]
    public void Create_OnlyPreviousMasterKeys_DoNotSufficeOutsideDevelopment()
    {
        Should.Throw<OptionsValidationException>(
            () => _host.Build("Production", ("PreviousMasterKeys:0", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")));
    }

    public void Dispose() => _host.Dispose();
}
