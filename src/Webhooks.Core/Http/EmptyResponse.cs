namespace Webhooks.Core.Http;

/// <summary>
/// An answer that says no more than its status: an empty object, which the contract's clients expect where there is a body.
/// </summary>
internal sealed record EmptyResponse
{
    public static readonly EmptyResponse Instance = new();
}
