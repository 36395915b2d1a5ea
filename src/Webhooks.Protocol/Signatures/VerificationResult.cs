namespace Webhooks.Protocol;

/// <summary>What verifying a delivery showed. Everything but <see cref="Valid"/> means: do not trust it, answer with 4xx.</summary>
public enum VerificationResult
{
    /// <summary>
    /// No signature was made with a known key over this id, timestamp and body. Also the default, so that a forgotten result is no pass.
    /// </summary>
    NoMatchingSignature = 0,

    /// <summary>Signed with a known key, and recently.</summary>
    Valid = 1,

    /// <summary>The <see cref="WebhookHeaders.Id"/> header is missing or empty.</summary>
    MissingId,

    /// <summary>The <see cref="WebhookHeaders.Timestamp"/> header is missing or empty.</summary>
    MissingTimestamp,

    /// <summary>The <see cref="WebhookHeaders.Signature"/> header is missing or empty.</summary>
    MissingSignature,

    /// <summary>The id has a full stop, which would make the signed content ambiguous.</summary>
    MalformedId,

    /// <summary>The timestamp is not whole seconds since the Unix epoch.</summary>
    MalformedTimestamp,

    /// <summary>No entry of the signature header is of the form <c>version,base64</c>, or there are too many.</summary>
    MalformedSignature,

    /// <summary>The timestamp is further back than the tolerance: a replay, a very slow network, or a wrong clock here or there.</summary>
    TimestampTooOld,

    /// <summary>The timestamp is further ahead than the tolerance: a wrong clock here or there.</summary>
    TimestampTooNew,

    /// <summary>
    /// All signatures are of versions that none of the keys verifies, such as only <c>v1a</c> where only a <c>whsec_</c> secret is known.
    /// </summary>
    NoKnownVersion,
}
