namespace Webhooks.Core.Endpoints;

/// <summary>How many deliveries to an endpoint stand where, of messages that were accepted in a time range.</summary>
internal sealed record EndpointStats
{
    /// <summary>Delivered.</summary>
    /// <example>4711</example>
    public required long Success { get; init; }

    /// <summary>Not yet tried, or held.</summary>
    /// <example>3</example>
    public required long Pending { get; init; }

    /// <summary>Being tried, or between two tries.</summary>
    /// <example>2</example>
    public required long Sending { get; init; }

    /// <summary>Given up: dead letters.</summary>
    /// <example>1</example>
    public required long Fail { get; init; }

    /// <summary>Not sent: their endpoint was deleted, or its content filter did not let them through.</summary>
    /// <example>0</example>
    public required long Canceled { get; init; }
}
