namespace Webhooks.Server.Dashboard.Parts;

/// <summary>What a page wanted to show may not be seen; the message is for people.</summary>
internal sealed class ReadRefusedException(string message) : Exception(message);
