using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks.Core.ApiKeys;

/// <summary>A key's text, <c>whk_</c> and 256 random bits in base64url, and its hash. The text is shown once and kept nowhere.</summary>
internal static class ApiKeySecret
{
    // A fixed start lets secret scanners find keys that were committed by mistake.
    private const string Prefix = "whk_";

    public static string Generate() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    // A plain hash is enough: nobody guesses 256 random bits, so there is nothing for salt or stretching to slow down.
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
