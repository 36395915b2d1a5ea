using Webhooks.Core.Deliveries;
using Webhooks.Core.Endpoints;

namespace Webhooks.Server.Dashboard.Attempts;

/// <summary>What is known of an attempt's request.</summary>
internal sealed record SentRequest
{
    public required string MessageId { get; init; }
    public required int Number { get; init; }

    /// <summary>The time that was signed; null when the worker was lost, and its time with it.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Null once the delivery's history is gone.</summary>
    public long? Sequence { get; init; }

    public bool IsReplay { get; init; }

    /// <summary>What the attempt before this one of the same delivery showed; null where there is none, or it is gone.</summary>
    public AttemptOutcome? Prior { get; init; }

    /// <summary>Null once the payload is gone.</summary>
    public long? PayloadBytes { get; init; }

    /// <summary>The service's, on the node that sent it; null once the node is forgotten.</summary>
    public string? Version { get; init; }

    /// <summary>The context of the request that published the message; null for none.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The endpoint's own headers as they are set now; null once it is gone.</summary>
    public EndpointHeadersOut? OwnHeaders { get; init; }

    /// <summary>Whether anything of the endpoint, and so perhaps its headers, was changed after the attempt began.</summary>
    public bool IsEndpointChanged { get; init; }

    /// <summary>Whether the person who looks may see what signs.</summary>
    public bool IsSigner { get; init; }

    /// <summary>Made again; null where it can't be, or is not for who looks.</summary>
    public string? Signature { get; init; }
}
