namespace Webhooks.Core.Deliveries.Sending;

/// <summary>The stable words for what went wrong in an attempt. They are stored and shown: never rename one.</summary>
internal static class AttemptErrorCodes
{
    /// <summary>A complete answer that is not 2xx.</summary>
    public const string HttpStatus = "http_status";

    public const string Dns = "dns";
    public const string BlockedAddress = "blocked_address";
    public const string ConnectRefused = "connect_refused";
    public const string Connect = "connect";
    public const string Tls = "tls";

    /// <summary>The endpoint is http and this service has come to require https.</summary>
    public const string HttpsRequired = "https_required";

    public const string Timeout = "timeout";

    /// <summary>The connection broke before the answer was complete.</summary>
    public const string Reset = "reset";

    /// <summary>What came back is not HTTP, or its headers exceed the limit.</summary>
    public const string InvalidResponse = "invalid_response";

    public const string CircuitOpen = "circuit_open";

    /// <summary>More attempts at once than this node may have under way.</summary>
    public const string NodeBusy = "node_busy";

    public const string Shutdown = "shutdown";

    /// <summary>The lease ran out before anything was recorded: the worker died, or lost the database for too long.</summary>
    public const string WorkerLost = "worker_lost";

    /// <summary>The endpoint's secrets or headers cannot be decrypted.</summary>
    public const string SecretUnreadable = "secret_unreadable";

    /// <summary>A fault of this service.</summary>
    public const string Internal = "internal";
}
