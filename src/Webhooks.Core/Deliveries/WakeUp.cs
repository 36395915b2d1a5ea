using Webhooks.Core.Signals;

namespace Webhooks.Core.Deliveries;

/// <summary>Tells this node's pump that something may have become due.</summary>
internal sealed class WakeUp : Hint;
