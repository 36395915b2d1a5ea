using Webhooks.Core.Signals;

namespace Webhooks.Data.PostgreSql;

/// <summary>Tells this node's notifier that a commit may have made a lane ready.</summary>
internal sealed class CommitHint : Hint;
