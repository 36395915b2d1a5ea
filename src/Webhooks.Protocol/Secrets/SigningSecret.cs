using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Protocol;

/// <summary>
/// What an endpoint's deliveries are signed with: a <see cref="SymmetricSecret"/> or an <see cref="Ed25519Secret"/>.
/// The text's prefix says which. Standard Webhooks, "Signature scheme".
/// </summary>
public abstract class SigningSecret
{
    private protected SigningSecret()
    {
    }

    /// <summary>The secret as text, prefix included. Never log it; <see cref="object.ToString"/> hides it for that reason.</summary>
    public abstract string Reveal();

    /// <summary>Reads <c>whsec_</c> (or no prefix) as a symmetric and <c>whsk_</c> as an Ed25519 secret.</summary>
    /// <param name="error">Where false is returned, a sentence that names the broken rule and never quotes the text.</param>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out SigningSecret? secret, [NotNullWhen(false)] out string? error)
    {
        if (text is not null && text.StartsWith(Ed25519Secret.Prefix, StringComparison.Ordinal))
        {
            var parsed = Ed25519Secret.TryParse(text, out var pair, out error);
            secret = pair;
            return parsed;
        }

        var isSymmetric = SymmetricSecret.TryParse(text, out var symmetric, out error);
        secret = symmetric;
        return isSymmetric;
    }
}
