namespace Webhooks.Core.Security;

/// <summary>
/// What encrypts the key ring, which in turn encrypts every stored secret. Configuration section <c>Webhooks:Security</c>.
/// Read once at start; a wrong setting stops the start.
/// </summary>
public sealed class SecurityOptions
{
    /// <summary>The configuration section these options are read from.</summary>
    public const string Section = "Webhooks:Security";

    /// <summary>What new keys of the key ring are encrypted with (AES-256-GCM). Keep it apart from the backups
    /// of the key ring.</summary>
    /// <value>
    /// The base64 of exactly 32 bytes, as <c>openssl rand -base64 32</c> prints it; default none. Outside Development either this or
    /// <see cref="CertificatePath"/> must be set; with both, this one encrypts and both decrypt.
    /// </value>
    public string? MasterKey { get; init; }

    /// <summary>Master keys used before. They only decrypt, and are needed while the key ring has keys encrypted with them.</summary>
    /// <value>Each like <see cref="MasterKey"/>; default none.</value>
    public IReadOnlyList<string> PreviousMasterKeys { get; init; } = [];

    /// <summary>A certificate with an RSA private key that the key ring is encrypted with instead of a master key.</summary>
    /// <value>The path of a PFX (PKCS #12) file; default none.</value>
    public string? CertificatePath { get; init; }

    /// <summary>The password of <see cref="CertificatePath"/>.</summary>
    /// <value>Default none.</value>
    public string? CertificatePassword { get; init; }
}
