namespace Webhooks.Core.Polling;

/// <summary>How far a named reader of an endpoint's messages has confirmed to have got.</summary>
internal sealed class PollConsumer
{
    public required Endpoints.EndpointId EndpointId { get; init; }

    /// <summary>The reader's own name.</summary>
    public required string Name { get; init; }

    /// <summary>The sequence number of the last delivery that it confirmed.</summary>
    public required long Sequence { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
