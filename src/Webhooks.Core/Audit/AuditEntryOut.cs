using System.Linq.Expressions;

namespace Webhooks.Core.Audit;

/// <summary>Who did what, and when.</summary>
internal sealed record AuditEntryOut
{
    /// <summary>Names the entry.</summary>
    public required AuditEntryId Id { get; init; }

    /// <summary>When it was done.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>A person's name, or the id of the API key.</summary>
    /// <example>Ada</example>
    public required string Who { get; init; }

    /// <summary>The operation, as this description names it.</summary>
    /// <example>v1.endpoint.rotate-secret</example>
    public required string Operation { get; init; }

    /// <summary>What it was done to: the operation's path. What was made new is at its end.</summary>
    /// <example>/api/v1/app/customer-4711/endpoint/orders/secret/rotate</example>
    public required string Target { get; init; }

    /// <summary>The application that it was done to, or in; null where it was none.</summary>
    public required ApplicationId? ApplicationId { get; init; }

    public static readonly Expression<Func<AuditEntry, AuditEntryOut>> Projection = e => new AuditEntryOut
    {
        Id = e.Id,
        Timestamp = e.At,
        Who = e.Who,
        Operation = e.Operation,
        Target = e.Target,
        ApplicationId = e.ApplicationId,
    };
}
