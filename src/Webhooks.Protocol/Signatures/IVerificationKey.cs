namespace Webhooks.Protocol;

/// <summary>
/// Something signatures of one version can be verified with. <see cref="SymmetricSecret"/> is one; Ed25519, which the base class library
/// does not have, is another, for whoever brings an implementation.
/// </summary>
public interface IVerificationKey
{
    /// <summary>The version of the signatures this key verifies: <c>v1</c>, <c>v1a</c>.</summary>
    string Version { get; }

    /// <summary>Whether at least one of the signatures of this key's version is this key's signature of the content.</summary>
    bool Verify(SignedContent content, SignatureHeader signatures);
}
