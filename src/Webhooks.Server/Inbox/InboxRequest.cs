namespace Webhooks.Server.Inbox;

/// <summary>One request that the test inbox received.</summary>
/// <param name="Body">As text; bytes that are not UTF-8 are shown as replacement characters.</param>
/// <param name="Signature"><c>Valid</c>, or why it is not.</param>
internal sealed record InboxRequest(
    DateTimeOffset ReceivedAt, string Method, IReadOnlyDictionary<string, string> Headers, string Body, bool SignatureVerified, string Signature);
