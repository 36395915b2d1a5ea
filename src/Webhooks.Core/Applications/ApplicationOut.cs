using System.Linq.Expressions;

namespace Webhooks.Core.Applications;

/// <summary>An application.</summary>
internal sealed record ApplicationOut
{
    /// <summary>Its id.</summary>
    public required ApplicationId Id { get; init; }

    /// <summary>Your own id for it; null for none.</summary>
    /// <example>customer-4711</example>
    public required string? Uid { get; init; }

    /// <summary>What people call it.</summary>
    /// <example>Acme Corp.</example>
    public required string Name { get; init; }

    /// <summary>Messages per second over all its endpoints; null for no limit.</summary>
    /// <example>100</example>
    public required int? ThrottleRate { get; init; }

    /// <summary>Your own notes.</summary>
    /// <example>{"plan": "gold"}</example>
    public required Dictionary<string, string> Metadata { get; init; }

    /// <summary>When it was created.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset UpdatedAt { get; init; }

    public static readonly Expression<Func<Application, ApplicationOut>> Projection = a => new ApplicationOut
    {
        Id = a.Id,
        Uid = a.Uid,
        Name = a.Name,
        ThrottleRate = a.ThrottleRate,
        Metadata = a.Metadata,
        CreatedAt = a.CreatedAt,
        UpdatedAt = a.UpdatedAt,
    };

    private static readonly Func<Application, ApplicationOut> Project = Projection.Compile();

    public static ApplicationOut Of(Application application) => Project(application);
}
