namespace Webhooks.Core.Security.KeyRing;

/// <summary>A key of the key ring can't be read. Its message says which and what to set, for the person who starts the server.</summary>
internal sealed class KeyRingException(string message, Exception cause) : InvalidOperationException(message, cause);
