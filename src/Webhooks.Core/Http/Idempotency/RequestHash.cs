using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Webhooks.Core.Http.Idempotency;

/// <summary>What tells a repeated request from another one under the same idempotency key.</summary>
internal static class RequestHash
{
    public static byte[] Of(HttpRequest request, ReadOnlySpan<byte> body)
    {
        // The encoded forms hold no line feed, so no two requests run together into the same bytes.
        var line = $"{request.Method}\n{request.Path.ToUriComponent()}\n{request.QueryString.ToUriComponent()}\n";
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(line));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
