using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Webhooks.Core.Security;

namespace Webhooks.Core.Tests.Security;

public sealed class SecretProtectorTests
{
    private readonly SecretProtectors _protectors = new(new EphemeralDataProtectionProvider());

    [Fact]
    public void Unprotect_WhatProtectMade_IsTheText()
    {
        var stored = _protectors.EndpointSecrets.Protect("whsec_é");

        _protectors.EndpointSecrets.Unprotect(stored).ShouldBe("whsec_é");
    }

    [Fact]
    public void Protect_Text_DoesNotContainIt()
    {
        var stored = _protectors.EndpointSecrets.Protect("whsec_secret");

        Encoding.UTF8.GetString(stored).ShouldNotContain("secret");
    }

    [Fact]
    public void Unprotect_StoredForAnotherPurpose_Throws()
    {
        var stored = _protectors.EndpointHeaders.Protect("{}");

        Should.Throw<CryptographicException>(() => _protectors.EndpointSecrets.Unprotect(stored));
        Should.Throw<CryptographicException>(() => _protectors.IdempotentAnswers.Unprotect(stored));
    }

    [Fact]
    public void Unprotect_OtherKeyRing_SaysWhatToRestore()
    {
        var stored = _protectors.EndpointSecrets.Protect("whsec_secret");
        var other = new SecretProtectors(new EphemeralDataProtectionProvider());

        var fault = Should.Throw<CryptographicException>(() => other.EndpointSecrets.Unprotect(stored));

        fault.Message.ShouldContain("restore that key ring");
    }
}
