using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Webhooks.Core.Notifications;

namespace Webhooks.Core.Channels.Sending;

/// <summary>Judges the certificates of channels: by the system's trust, or else by the authorities that the operator names.</summary>
internal sealed class TrustedAuthorities : IValidateOptions<NotificationOptions>
{
    private readonly X509Certificate2Collection _authorities = [];

    /// <summary>For the check of the options before anything is made of them.</summary>
    public TrustedAuthorities()
    {
    }

    public TrustedAuthorities(NotificationOptions options)
    {
        if (options.TrustedAuthorities is { } path)
            _authorities.ImportFromPemFile(path);
    }

    public ValidateOptionsResult Validate(string? name, NotificationOptions options)
    {
        try
        {
            return options.TrustedAuthorities is null || new TrustedAuthorities(options)._authorities.Count > 0
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail($"{Key} names a file without a certificate in PEM form.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return ValidateOptionsResult.Fail($"{Key} names a file that can't be read: {fault.Message}");
        }
    }

    private static string Key => $"{NotificationOptions.Section}:{nameof(NotificationOptions.TrustedAuthorities)}";

    /// <summary>
    /// For whoever makes a TLS connection. The name must be right in any case: an authority of one's own does not change that.
    /// </summary>
    public bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        if (_authorities.Count == 0 || errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 given)
            return false;

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // as for deliveries
        own.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1")); // a server's: RFC 5280, section 4.2.1.12
        if (chain is not null)
            own.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        return own.Build(given);
    }
}
