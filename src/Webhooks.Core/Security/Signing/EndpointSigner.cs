using Webhooks.Protocol;

namespace Webhooks.Core.Security.Signing;

/// <summary>
/// Composes the signature header: every live secret of an endpoint signs, so that during a rotation a receiver verifies with the old
/// secret or with the new one (Standard Webhooks, "Webhook headers"). Safe for concurrent use.
/// </summary>
internal sealed class EndpointSigner
{
    private readonly ISigningKey[] _keys;
    private readonly int _headerLength;

    /// <param name="secrets">One or more; the header keeps their order.</param>
    public EndpointSigner(IEnumerable<SigningSecret> secrets)
    {
        _keys = [.. secrets.Select(SigningSecrets.ToSigningKey)];
        if (_keys.Length == 0)
            throw new ArgumentException("An endpoint signs with at least one secret.", nameof(secrets));

        _headerLength = _keys.Sum(key => key.SignatureLength) + _keys.Length - 1;
    }

    /// <summary>Keys in libsodium's guarded memory, which costs pages rather than bytes.</summary>
    public int GuardedKeys => _keys.Count(key => key is Ed25519SigningKey);

    /// <summary>Signs one attempt.</summary>
    /// <param name="timestamp">What <see cref="WebhookTimestamp.Format"/> is given for the same attempt.</param>
    /// <returns>The value of <see cref="WebhookHeaders.Signature"/>.</returns>
    public string Sign(string id, DateTimeOffset timestamp, ReadOnlySpan<byte> body)
    {
        using var content = SignedContent.Compose(id, timestamp, body);
        return string.Create(_headerLength, new Signing(_keys, content), static (header, signing) => signing.WriteTo(header));
    }

    private readonly ref struct Signing(ISigningKey[] keys, SignedContent content)
    {
        private readonly ISigningKey[] _keys = keys;
        private readonly SignedContent _content = content;

        public void WriteTo(Span<char> header)
        {
            foreach (var key in _keys)
            {
                key.Sign(_content, header);
                header = header[key.SignatureLength..];
                if (header.IsEmpty)
                    return;

                header[0] = ' ';
                header = header[1..];
            }
        }
    }
}
