using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace Webhooks.Core.Security.KeyRing;

/// <summary>What <see cref="SecurityOptions"/> come to: the master keys, the certificate, or in Development neither.</summary>
internal sealed record KeyRingProtection(MasterKeys MasterKeys, X509Certificate2? Certificate)
{
    private const string Prefix = SecurityOptions.Section + ":";
    private const string MasterKeyNames =
        Prefix + nameof(SecurityOptions.MasterKey) + " (environment: Webhooks__Security__MasterKey)";

    /// <param name="required">Whether the key ring must be encrypted.</param>
    /// <exception cref="OptionsValidationException">One sentence for each setting that is wrong or missing.</exception>
    public static KeyRingProtection Create(SecurityOptions options, bool required)
    {
        var errors = new List<string>();
        var current = ReadKey(options.MasterKey, MasterKeyNames, errors);
        var previous = options.PreviousMasterKeys
            .Select((text, i) => ReadKey(text, $"{Prefix}{nameof(SecurityOptions.PreviousMasterKeys)}:{i}", errors))
            .OfType<MasterKey>()
            .ToArray();
        var certificate = ReadCertificate(options, errors);

        if (required && errors.Count == 0 && current is null && certificate is null)
            errors.Add($"{MasterKeyNames} must be set outside Development, because it encrypts the keys that encrypt all stored secrets: "
                + $"make one with 'openssl rand -base64 32' "
                + $"(or set {Prefix}{nameof(SecurityOptions.CertificatePath)} to a PFX file instead).");
        if (errors.Count > 0)
            throw new OptionsValidationException(SecurityOptions.Section, typeof(SecurityOptions), errors);

        return new KeyRingProtection(new MasterKeys(current, previous), certificate);
    }

    // An empty text counts as unset: it is what a compose file makes of an environment variable that nobody set.
    private static MasterKey? ReadKey(string? text, string setting, List<string> errors)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (!MasterKey.TryParse(text, out var key, out var error))
            errors.Add($"{setting} {error}");
        return key;
    }

    private static X509Certificate2? ReadCertificate(SecurityOptions options, List<string> errors)
    {
        if (string.IsNullOrWhiteSpace(options.CertificatePath))
            return null;

        const string Setting = Prefix + nameof(SecurityOptions.CertificatePath);
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(options.CertificatePath, options.CertificatePassword);
            using var key = certificate.GetRSAPrivateKey();
            if (key is not null)
                return certificate;

            errors.Add($"{Setting} must name a PFX file with an RSA private key; '{options.CertificatePath}' has none.");
            certificate.Dispose();
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            errors.Add($"{Setting} must name a PFX file that {Prefix}{nameof(SecurityOptions.CertificatePassword)} opens; "
                + $"'{options.CertificatePath}' can't be read: {fault.Message}");
        }

        return null;
    }
}
