namespace Webhooks.Core.Audit;

/// <summary>Who did what, and when. Rows are added in the transaction of what they tell of, and never changed.</summary>
internal sealed class AuditEntry
{
    public required AuditEntryId Id { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The person's name, or the id of the API key.</summary>
    public required string Who { get; init; }

    /// <summary>The operation's name in the API's description: <c>v1.endpoint.rotate-secret</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>What it was done to: the operation's path with its ids.</summary>
    public required string Target { get; init; }

    /// <summary>The application that it was done to, or in; null where it was none.</summary>
    public ApplicationId? ApplicationId { get; init; }
}
