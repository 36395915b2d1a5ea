namespace Webhooks.Core.Deliveries;

/// <summary>One HTTP request made, or tried, for a delivery.</summary>
internal sealed record MessageAttemptOut
{
    /// <summary>Its id.</summary>
    public required AttemptId Id { get; init; }

    /// <summary>The message that was sent.</summary>
    public required Messages.MessageId MsgId { get; init; }

    /// <summary>The endpoint that it was sent to.</summary>
    public required Endpoints.EndpointId EndpointId { get; init; }

    /// <summary>The delivery it belongs to: a message and an endpoint have one, and one more for each resend.</summary>
    public required DeliveryId DeliveryId { get; init; }

    /// <summary>The endpoint's URL at the time.</summary>
    /// <example>https://example.com/webhooks</example>
    public required string Url { get; init; }

    /// <summary>When it was started.</summary>
    /// <example>2026-01-31T12:00:00.000000Z</example>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>0 success, 2 fail: what this attempt showed, whatever became of the delivery since; see <c>state</c> for that.</summary>
    /// <example>2</example>
    public required int Status { get; init; }

    /// <summary>The same as a word.</summary>
    /// <example>fail</example>
    public required MessageStatus StatusText { get; init; }

    /// <summary>0 scheduled, 1 by a person.</summary>
    /// <example>0</example>
    public required int TriggerType { get; init; }

    /// <summary>The answer's status, also of one that broke off (outcome <c>unknown</c>); 0 when none began.</summary>
    /// <example>503</example>
    public required int ResponseStatusCode { get; init; }

    /// <summary>The answer's body, as far as it was read; empty without an answer and with <c>with_content=false</c>.</summary>
    /// <example>upstream is down</example>
    public required string Response { get; init; }

    /// <summary>The answer's header lines; empty without an answer and with <c>with_content=false</c>.</summary>
    /// <example>["content-type: text/plain"]</example>
    public required IReadOnlyList<string> ResponseHeaders { get; init; }

    /// <summary>How long it took.</summary>
    /// <example>42</example>
    public required long ResponseDurationMs { get; init; }

    /// <summary>Where the time went.</summary>
    public required AttemptDurations Durations { get; init; }

    /// <summary>
    /// What it showed: <c>delivered</c> (answered 2xx; or <c>receiptCheck</c> says that the subscriber has it), <c>rejected</c>,
    /// <c>notSent</c> (no byte of it left), or <c>unknown</c> (it may have arrived).
    /// </summary>
    /// <example>rejected</example>
    public required AttemptOutcome Outcome { get; init; }

    /// <summary>1 for the delivery's first attempt, rising; sent as <c>webhook-attempt</c>.</summary>
    /// <example>1</example>
    public required int Number { get; init; }

    /// <summary>A stable word for what went wrong; null when delivered.</summary>
    /// <example>http_status</example>
    public required string? ErrorCode { get; init; }

    /// <summary>The same for people.</summary>
    /// <example>The endpoint answered 503.</example>
    public required string? ErrorText { get; init; }

    /// <summary>
    /// What the endpoint's <c>receiptUrl</c> said before, where the outcome before it was unknown; null where it was not asked. With the
    /// answer <c>processed</c> nothing was sent.
    /// </summary>
    public required ReceiptCheckOut? ReceiptCheck { get; init; }

    /// <summary>The node that made it.</summary>
    /// <example>webhooks-1</example>
    public required string Node { get; init; }

    /// <summary>
    /// Where the delivery is now: <c>waiting</c>, <c>sending</c>, <c>held</c>, <c>delivered</c>, <c>dead</c> or <c>canceled</c>;
    /// null once its history is gone.
    /// </summary>
    /// <example>waiting</example>
    public required DeliveryState? State { get; init; }

    /// <summary>When the delivery's next attempt is due; null when none is.</summary>
    /// <example>2026-01-31T12:00:05.000000Z</example>
    public required DateTimeOffset? NextAttempt { get; init; }
}

/// <summary>What an endpoint's receipt URL said.</summary>
/// <param name="Answer" example="notProcessed">
/// <c>processed</c>: the subscriber has the message; <c>notProcessed</c>: it does not; <c>noAnswer</c>: nothing that could be relied on.
/// </param>
/// <param name="Text" example="The subscriber's receipt says that it does not have the message (404).">The same for people.</param>
internal sealed record ReceiptCheckOut(ReceiptAnswer Answer, string? Text);

/// <summary>
/// An attempt's time by phase in milliseconds; null where a phase did not happen (a reused connection has no DNS) or is not known.
/// </summary>
/// <param name="Dns" example="1.2">Finding the address.</param>
/// <param name="Connect" example="12.5">The TCP connection.</param>
/// <param name="Tls" example="20.1">The TLS handshake.</param>
/// <param name="FirstByte" example="40.3">From the start to the answer's first byte.</param>
/// <param name="Total" example="42.0">From the start to the answer's last byte.</param>
internal sealed record AttemptDurations(double? Dns, double? Connect, double? Tls, double? FirstByte, double Total);
