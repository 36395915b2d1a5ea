namespace Webhooks.Protocol;

/// <summary>
/// Verifies that a delivery was signed with one of the keys, and recently (Standard Webhooks, "Verifying webhook authenticity").
/// Safe for concurrent use. Give it the body's bytes as they arrived: parsing and writing JSON again changes them.
/// </summary>
public sealed class WebhookVerifier
{
    /// <summary>How far a timestamp may be from the clock, in either direction, unless said otherwise: 5 minutes.</summary>
    public static readonly TimeSpan DefaultTolerance = TimeSpan.FromMinutes(5);

    private readonly IVerificationKey[] _keys;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _tolerance;

    /// <summary>Makes a verifier.</summary>
    /// <param name="keys">One or more; a receiver that changes its secret knows the old and the new one for a while.</param>
    /// <param name="clock">What the timestamp is compared with.</param>
    /// <param name="tolerance">
    /// How far the timestamp may be from the clock, the bound included; 0 or more; default <see cref="DefaultTolerance"/>.
    /// </param>
    /// <exception cref="ArgumentException">There is no key.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is negative.</exception>
    public WebhookVerifier(IEnumerable<IVerificationKey> keys, TimeProvider clock, TimeSpan? tolerance = null)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(clock);
        _keys = [.. keys];
        _clock = clock;
        _tolerance = tolerance ?? DefaultTolerance;
        if (_keys.Length == 0)
            throw new ArgumentException("A verifier needs at least one key.", nameof(keys));
        ArgumentOutOfRangeException.ThrowIfLessThan(_tolerance, TimeSpan.Zero, nameof(tolerance));
    }

    /// <summary>Verifies one delivery by its three headers (null where absent) and its body.</summary>
    public VerificationResult Verify(string? id, string? timestamp, string? signature, ReadOnlySpan<byte> body)
    {
        if (string.IsNullOrEmpty(id))
            return VerificationResult.MissingId;
        if (string.IsNullOrEmpty(timestamp))
            return VerificationResult.MissingTimestamp;
        if (string.IsNullOrEmpty(signature))
            return VerificationResult.MissingSignature;
        if (!SignedContent.IsSignable(id))
            return VerificationResult.MalformedId;
        if (!WebhookTimestamp.TryParse(timestamp, out var signedAt))
            return VerificationResult.MalformedTimestamp;
        if (!SignatureHeader.TryParse(signature, out var signatures))
            return VerificationResult.MalformedSignature;

        return CheckAge(signedAt) ?? CheckSignatures(id, signedAt, signatures, body);
    }

    private VerificationResult? CheckAge(DateTimeOffset signedAt)
    {
        // Whole seconds, as the header has them; else a delivery signed this very second could look older than it is.
        var now = DateTimeOffset.FromUnixTimeSeconds(_clock.GetUtcNow().ToUnixTimeSeconds());
        if (now - signedAt > _tolerance)
            return VerificationResult.TimestampTooOld;
        if (signedAt - now > _tolerance)
            return VerificationResult.TimestampTooNew;
        return null;
    }

    private VerificationResult CheckSignatures(string id, DateTimeOffset signedAt, SignatureHeader signatures, ReadOnlySpan<byte> body)
    {
        using var content = SignedContent.Compose(id, signedAt, body);
        var result = VerificationResult.NoKnownVersion;
        foreach (var key in _keys)
        {
            if (!signatures.Contains(key.Version))
                continue;
            if (key.Verify(content, signatures))
                return VerificationResult.Valid;
            result = VerificationResult.NoMatchingSignature;
        }

        return result;
    }
}
