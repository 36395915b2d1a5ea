namespace Webhooks.Server.Startup;

/// <summary>Stops the start with a sentence for the person who started it; no stack trace helps them.</summary>
internal sealed class StartupException(string message) : Exception(message);
