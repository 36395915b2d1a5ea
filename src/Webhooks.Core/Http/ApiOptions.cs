using System.ComponentModel.DataAnnotations;

namespace Webhooks.Core.Http;

/// <summary>What the API accepts. Configuration section <c>Webhooks:Api</c>.</summary>
public sealed class ApiOptions
{
    /// <summary>The configuration section these options are read from.</summary>
    public const string Section = "Webhooks:Api";

    /// <summary>How many bytes a request body may have; a longer one is answered 413.</summary>
    /// <value>1,024 to 16,777,216; default 2,097,152 (2 MiB).</value>
    [Range(1_024, 16_777_216)]
    public int MaxBodyBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>The most requests per second that a limit may be set to.</summary>
    internal const int MaxRequestsPerSecond = 100_000;

    /// <summary>
    /// How many requests per second each API key may make on each node, unless the key has a limit of its own; as many may come at once.
    /// More are answered 429 with Retry-After.
    /// </summary>
    /// <value>1 to 100,000; default none: no limit.</value>
    [Range(1, MaxRequestsPerSecond)]
    public int? RequestsPerSecond { get; init; }

    /// <summary>
    /// Whether published payloads are held against the schema of their event type, its highest version. Event types that are not known or
    /// have no schema take any payload.
    /// </summary>
    /// <value>
    /// <see cref="SchemaValidation.Off"/> (default), <see cref="SchemaValidation.Warn"/>: what does not fit is accepted, logged and told in
    /// the answer's <c>warnings</c>; <see cref="SchemaValidation.Reject"/>: it is answered 422.
    /// </value>
    [EnumDataType(typeof(SchemaValidation))]
    public SchemaValidation SchemaValidation { get; init; }
}
