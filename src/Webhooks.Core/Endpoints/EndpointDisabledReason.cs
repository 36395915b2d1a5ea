namespace Webhooks.Core.Endpoints;

/// <summary>Why the service disabled an endpoint by itself.</summary>
internal enum EndpointDisabledReason
{
    /// <summary>The endpoint answered 410 Gone (Standard Webhooks: the subscriber wants no more).</summary>
    Gone = 1,

    /// <summary>Nothing got through to it for longer than the deployment bears.</summary>
    Failing = 2,
}
